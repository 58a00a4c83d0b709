"""What is filled in about actions: by staff what is done, and by those who asked whether it is better."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from wagtail.images import get_image_model
from wagtail.images.widgets import AdminImageChooser

from engagement.comments.acting.outcomes import ActionSelection
from engagement.comments.acting.quarters import Quarter
from engagement.comments.actions.acting import LONGEST_TITLE, LONGEST_WHO
from engagement.comments.actions.answering import LONGEST_ANSWER
from engagement.comments.actions.asking import LONGEST_WORDS
from engagement.comments.models import Action, PlaceComment, Verdict
from portal.forms import PlainField, PublicForm
from portal.references import normalise_reference


def _progress_field() -> forms.ChoiceField:
    return forms.ChoiceField(label="How far it has come", choices=Action.Status.choices)


def _day_field() -> forms.DateField:
    return forms.DateField(
        label="Day on which it was done",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _belongs_to_field() -> PlainField:
    return PlainField(
        label="Whose it is",
        required=False,
        max_length=LONGEST_WHO,
        help_text="Where it is not ours: the name that people know, such as Durham County Council.",
        widget=forms.TextInput,
    )


def _picture_field(label: str) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=label, required=False, queryset=get_image_model().objects.all(), widget=AdminImageChooser
    )


class ActionForm(forms.Form):
    """What the partnership does about one or more comments."""

    title = PlainField(max_length=LONGEST_TITLE, help_text="What was done, in a few words.", widget=forms.TextInput)
    words = PlainField(
        max_length=LONGEST_ANSWER,
        help_text="What was done, or why it cannot be.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    status = _progress_field()
    belongs_to = _belongs_to_field()
    done_on = _day_field()
    owner = PlainField(
        label="Who sees to it",
        required=False,
        max_length=LONGEST_WHO,
        help_text="Shown to everybody, such as Horden Together, or the parish council.",
        widget=forms.TextInput,
    )
    comments = PlainField(
        label="Comments that it answers",
        required=False,
        help_text="Their numbers, such as K7M-2QX, with a space or a comma between them.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    before = _picture_field("Picture from before")
    after = _picture_field("Picture from after")

    def __init__(self, *args: Any, known: Action | None = None, **kwargs: Any) -> None:
        """Of what is on the site already, how far it has come is told by `NewsForm` and not put right here."""
        super().__init__(*args, **kwargs)
        self.known = known
        if known is not None and known.is_published:
            del self.fields["status"]

    def clean_comments(self) -> list[PlaceComment]:
        typed = self.cleaned_data["comments"].replace(",", " ").split()
        references = {word: normalise_reference(word) for word in typed}
        found = PlaceComment.objects.in_bulk(
            [reference for reference in references.values() if reference], field_name="reference"
        )
        unknown = [word for word, reference in references.items() if reference not in found]
        if unknown:
            raise forms.ValidationError(f"There is no comment with the number {', '.join(unknown)}.")
        return list(found.values())

    def as_action(self) -> dict[str, Any]:
        """What `save_action` takes."""
        status = {} if self.known is None or "status" in self.fields else {"status": self.known.status}
        return {**self.cleaned_data, **status, "action": self.known}


class NewsForm(forms.Form):
    """How far something that is on the site has come by now."""

    # It stands beside the form that puts the same action right.
    OWN_IDS = "news_%s"

    status = _progress_field()
    words = PlainField(
        label="What is new",
        max_length=LONGEST_ANSWER,
        help_text="Everybody who asked for it and left an address gets these words.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    belongs_to = _belongs_to_field()
    done_on = _day_field()

    @classmethod
    def about(cls, known: Action) -> "NewsForm":
        """The empty form for one action, with how far it has come so far."""
        return cls(initial={"status": known.status, "belongs_to": known.belongs_to}, auto_id=cls.OWN_IDS)


class OutcomesForm(PublicForm):
    """The choices above the list of what was done, showing what was chosen."""

    place = forms.ChoiceField(label="Where")
    quarter = forms.ChoiceField(label="When")

    def __init__(self, *, selection: ActionSelection, places: Mapping[str, str], quarters: Iterable[Quarter]) -> None:
        super().__init__(initial=selection.as_parameters)
        when = [(str(quarter), quarter.words) for quarter in quarters]
        self.fields["place"].choices = [("", "Anywhere"), *places.items()]  # type: ignore[attr-defined]
        self.fields["quarter"].choices = [("", "At any time"), *when]  # type: ignore[attr-defined]


class VerdictForm(PublicForm):
    """Is it better? One press, and words for those who want to say more."""

    answer = forms.ChoiceField(
        label="Is it better?",
        widget=forms.RadioSelect,
        choices=Verdict.Answer.choices,
        error_messages={"required": "Choose yes, partly or no", "invalid_choice": "Choose yes, partly or no"},
    )
    words = PlainField(
        label="What is it like now?",
        help_text="Only our team reads this.",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
