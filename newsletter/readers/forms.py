"""What staff fill in about a reader: who asked, how, and where the proof is."""

from datetime import timedelta
from typing import Any

from django import forms

from newsletter.forms import AddressField, ChoicesForm, LetterForm
from newsletter.models import Consent, IssuePage, Subscriber
from portal import clock
from portal.forms import PlainField

OLDEST = timedelta(days=3660)


class StaffForm(forms.Form):
    """Rendered by Wagtail's own field template."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["renderer"] = forms.renderers.get_default_renderer()
        super().__init__(*args, **kwargs)


class WriteDownForm(StaffForm, LetterForm, ChoicesForm):
    """Somebody asked on paper, at a session or through a partner."""

    channel = forms.ChoiceField(
        label="How do they want it?",
        choices=[
            (Subscriber.Channel.EMAIL, "By e-mail: we ask the address first whether it is theirs"),
            (Subscriber.Channel.POST, "By post: it goes there from the next issue on"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say how they want it"},
    )
    email = AddressField(label="Their e-mail address", required=False)
    source = forms.ChoiceField(
        label="How did they ask?",
        choices=[(one.value, one.label) for one in Consent.Source if one != Consent.Source.WEB],
        error_messages={"required": "Say how they asked"},
    )
    evidence = PlainField(
        label="Where is the proof kept?",
        max_length=300,
        help_text="For example “paper form, folder 3”. What they read and when they signed must be found there.",
        error_messages={"required": "Say where the proof is kept"},
    )
    given_on = forms.DateField(
        label="When did they ask?",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Enter the day on which they asked", "invalid": "Enter a day like 19/11/2026"},
    )

    field_order = ("channel", "email", "name", "postal_address", "wants_large_print", "source", "given_on", "evidence")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        for name, label in (("name", "Their name"), ("postal_address", "Their address, with the postcode")):
            self.fields[name].label = label
            self.fields[name].required = False
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["wants_large_print"].label = "In large print (by post)"
        if "topics" in self.fields:
            self.fields["topics"].label = "What would they like to hear about?"

    def clean_evidence(self) -> str:
        return " ".join(str(self.cleaned_data["evidence"]).split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        by_post = cleaned.get("channel") == Subscriber.Channel.POST
        needed = {"name": "Enter their name", "postal_address": "Enter their address"} if by_post else {}
        if cleaned.get("channel") == Subscriber.Channel.EMAIL:
            needed = {"email": "Enter their e-mail address"}
        for name, words in needed.items():
            if name not in self.errors and not cleaned.get(name):
                self.add_error(name, words)
        today, given_on = clock.now().date(), cleaned.get("given_on")
        if given_on and not today - OLDEST <= given_on <= today:
            self.add_error("given_on", "Enter a day that is not in the future, nor more than ten years ago")
        return cleaned


class LookUpForm(StaffForm):
    """One whole address: there is no leafing through readers."""

    email = AddressField(label="Their whole e-mail address")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "off"


class TakeOutForm(StaffForm):
    """For which issue names and addresses leave the portal: only those go in who want that issue."""

    issue = forms.ModelChoiceField(
        queryset=IssuePage.objects.none(), required=False, empty_label="Everybody who has it posted"
    )
    has_codes = forms.BooleanField(
        label="Print a code on each label",
        help_text="It opens the reader's own page, to move, to have large print, to pause or to stop. Whoever holds the letter "
        "can open it; it shows no name and no address.",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        issue = self.fields["issue"]
        assert isinstance(issue, forms.ModelChoiceField)
        issue.queryset = IssuePage.objects.newest_first()
