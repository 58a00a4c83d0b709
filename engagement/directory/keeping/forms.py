"""What keepers, residents and the coordinator fill in to keep the directory true."""

from typing import Any

from django import forms
from django.db import models

from engagement.directory.actions.corrections import LONGEST_OUTCOME, LONGEST_WORDS
from engagement.directory.actions.keepers import LONGEST_NAME
from engagement.directory.actions.proposals import LONGEST_REASON
from engagement.directory.features import FEATURES, Known
from engagement.directory.keeping.wishes import LONGEST_TIMES, TIMES, Wishable, value_now, wishable
from engagement.directory.phones import check_phone
from portal.forms import PlainField, PublicForm
from portal.geo.postcodes import normalise
from portal.spam import Guarded

LONGEST_TYPED = 20_000
HOW_TO = "Enter an e-mail address like name@example.org"
KNOWN = [(Known.YES, "Yes"), (Known.NO, "No"), (Known.NOT_KNOWN, "Not known")]
_FEATURES = frozenset(feature.field for feature in FEATURES)
_WIDGETS: dict[str, dict[str, str]] = {
    "phone": {"type": "tel", "autocomplete": "off"},
    "website": {"type": "url", "inputmode": "url", "autocomplete": "off"},
    "email": {"type": "email", "autocomplete": "off"},
}


class WishForm(PublicForm):
    """What an entry says, for its keeper to write otherwise.

    Each field carries along what was shown, so that only what this person changed becomes a wish, whatever was put right
    at the same time.
    """

    def __init__(self, *args: Any, entry: models.Model, waiting: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in wishable(entry):
            self.fields[one.field] = _field(entry, one)
            self.fields[one.field].show_hidden_initial = True
            self.initial[one.field] = waiting.get(one.field, value_now(entry, one.field))

    @property
    def wishes(self) -> dict[str, str]:
        """What was changed on the page, by field."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self.cleaned_data}

    def clean_phone(self) -> str:
        typed: str = self.cleaned_data["phone"]
        if "phone" in self.changed_data:
            check_phone(typed)
        return typed

    def clean_postcode(self) -> str:
        typed: str = self.cleaned_data["postcode"]
        code = normalise(typed) if typed else ""
        if code is None:
            raise forms.ValidationError("Enter a postcode like SR8 4LX, or leave this empty.")
        return code


class AddressForm(Guarded, PublicForm):
    """Where to send a new link."""

    address = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages=dict.fromkeys(("required", "invalid", "max_length", "null_characters_not_allowed"), HOW_TO),
    )


class WrongForm(Guarded, PublicForm):
    """One question, for anybody."""

    words = PlainField(
        label="What is wrong?",
        help_text="Such as “It shuts at 3, not at 5”. Leave out names and anything about yourself.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_TYPED,
        error_messages={"required": "Tell us what is wrong."},
    )

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if len(words) > LONGEST_WORDS:
            raise forms.ValidationError(
                f"There is room for {LONGEST_WORDS:,} letters. Take out {len(words) - LONGEST_WORDS:,} or more."
            )
        return words


class OutcomeForm(forms.Form):
    """What came of it, in a few words."""

    outcome = PlainField(required=False, max_length=LONGEST_OUTCOME)


class KeeperForm(forms.Form):
    """Who keeps a place."""

    name = PlainField(label="Name", required=False, max_length=LONGEST_NAME)
    email = forms.EmailField(
        label="E-mail", error_messages=dict.fromkeys(("required", "invalid"), HOW_TO), max_length=254
    )


class HeldForm(forms.Form):
    """At which address somebody asks what we hold."""

    address = forms.EmailField(error_messages=dict.fromkeys(("required", "invalid"), HOW_TO), max_length=254)


class DecisionForm(forms.Form):
    """Take a wish, or our reading of it, or not, and why; `seen` tells what the entry said when the page was opened."""

    answer = forms.ChoiceField(choices=[("take", "take"), ("read", "read"), ("leave", "leave")])
    seen = forms.CharField(max_length=16)
    reason = PlainField(required=False, max_length=LONGEST_REASON)


def _field(entry: models.Model, one: Wishable) -> forms.Field:
    usual: dict[str, Any] = {"label": one.label, "help_text": one.hint, "required": False}
    if one.field in _FEATURES:
        return forms.ChoiceField(**usual, choices=KNOWN)
    if one.field == "email":
        return forms.EmailField(**usual, error_messages={"invalid": HOW_TO})
    room = LONGEST_TIMES if one.field == TIMES else getattr(entry._meta.get_field(one.field), "max_length", None)
    longest = room or LONGEST_TYPED
    widget = forms.Textarea(attrs={"rows": 4}) if one.is_long else forms.TextInput(attrs=_WIDGETS.get(one.field, {}))
    if one.field == "website":
        how_to = {"invalid": "Enter a whole address, like https://example.org"}
        return forms.URLField(**usual, max_length=longest, widget=widget, assume_scheme="https", error_messages=how_to)
    if one.field == "name":
        usual |= {"required": True, "error_messages": {"required": "Give it a name."}}
    return PlainField(**usual, max_length=longest, widget=widget)
