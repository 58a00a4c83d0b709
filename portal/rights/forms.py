"""What staff fill in when somebody asks about themselves."""

from typing import Any

from django import forms

from portal.accounts.models import User
from portal.forms import PlainField
from portal.geo.postcodes import normalise
from portal.privacy.people import Clues
from portal.references import normalise_reference
from portal.rights.actions.moving import LONGEST_LETTER, Given
from portal.rights.models import SubjectRequest
from portal.rights.models.requests import LONGEST_WORDS
from portal.rights.people import may_handle
from portal.rights.reasons import REFUSED
from portal.rights.workflow import Change, Need

LONGEST_CLUE = 200


class StaffForm(forms.Form):
    """Rendered by Wagtail's own field template."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["renderer"] = forms.renderers.get_default_renderer()
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")


class OpenForm(StaffForm):
    """Somebody asked something about themselves."""

    kind = forms.ChoiceField(
        label="What do they ask?",
        choices=SubjectRequest.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they ask"},
    )
    scope = forms.ChoiceField(
        label="About what?",
        choices=SubjectRequest.Scope.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is about"},
    )
    channel = forms.ChoiceField(
        label="How did they ask?",
        choices=SubjectRequest.Channel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how they asked"},
    )
    received_on = forms.DateField(
        label="On which day did it come?",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="The clock runs from this day, also where it was a Sunday.",
        error_messages={"required": "Enter the day on which it came", "invalid": "Enter a day like 19/11/2026"},
    )
    letter = PlainField(
        label="Where is their letter or your note kept?",
        max_length=LONGEST_LETTER,
        required=False,
        help_text="For example “shared mailbox, 19 November”. No names: the portal knows a request by its reference "
        "alone. Write that reference on the letter.",
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(value, label) for value, label in SubjectRequest.Scope.choices if may_handle(value, by)]
        self.fields["scope"].choices = choices  # type: ignore[attr-defined]


class CluesForm(StaffForm):
    """By what they may be found; nothing of it is kept."""

    name = PlainField(label="Name", required=False, max_length=LONGEST_CLUE)
    email = forms.EmailField(
        label="E-mail address",
        required=False,
        error_messages={"invalid": "Enter an e-mail address like name@example.org"},
    )
    phone = PlainField(label="Phone number", required=False, max_length=40)
    postcode = PlainField(
        label="Postcode", required=False, max_length=10, help_text="Finds many: use it where nothing else does."
    )
    reference = PlainField(
        label="A reference that they have", required=False, max_length=12, help_text="For example K7M-2QX."
    )

    def clean_postcode(self) -> str:
        typed = self.cleaned_data["postcode"]
        code = normalise(typed) if typed else ""
        if code is None:
            raise forms.ValidationError("Enter a postcode like SR8 4LX")
        return code

    def clean_reference(self) -> str:
        typed = self.cleaned_data["reference"]
        reference = normalise_reference(typed) if typed else ""
        if reference is None:
            raise forms.ValidationError("Enter a reference like K7M-2QX")
        return reference

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError("Give at least one thing to look for.")
        return cleaned

    def clues(self) -> Clues:
        given = self.cleaned_data
        return Clues(**{name: " ".join(str(given[name]).split()) for name in self.fields})


class ChangeForm(StaffForm):
    """What one change of the workflow needs."""

    question = forms.ChoiceField(
        label="What did we ask them?", choices=SubjectRequest.Question.choices, widget=forms.RadioSelect, required=False
    )
    identity = forms.ChoiceField(
        label="How did you make sure who asks?",
        choices=SubjectRequest.Identity.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text="Never keep a copy of a document.",
    )
    ground = forms.ChoiceField(label="Why is it refused?", widget=forms.RadioSelect, required=False)
    words = PlainField(
        label="In a few words, without names",
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, change: Change, request: SubjectRequest, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{change.name}_%s", **kwargs)
        self.change = change
        grounds = [(one.code, f"{one.label} ({one.law})") for one in REFUSED.values()]
        self.fields["ground"].choices = grounds  # type: ignore[attr-defined]
        needed = {need.value for need in change.needs} - ({"identity"} if request.identity else set())
        for name in list(self.fields):
            if name not in needed | {Need.WORDS.value}:
                del self.fields[name]

    def given(self) -> Given:
        return Given(**self.cleaned_data)
