"""What people fill in to hear from us, and what authors add to their comment."""

from django import forms

from engagement.comments.actions.authoring import LONGEST_ADDITION
from portal.forms import PlainField, PublicForm
from portal.spam import Guarded

HOW_TO = "Enter an e-mail address like name@example.org"
LONGEST_TYPED = 20_000


class AddressField(forms.EmailField):
    """An e-mail address in plain letters: one that merely looks like somebody's must not be taken for theirs."""

    def __init__(self, **kwargs: object) -> None:
        usual = {
            "label": "Your e-mail address",
            "max_length": 254,
            "widget": forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
            "error_messages": dict.fromkeys(
                ("required", "invalid", "max_length", "null_characters_not_allowed"), HOW_TO
            ),
        }
        super().__init__(**{**usual, **kwargs})  # type: ignore[arg-type]

    def clean(self, value: object) -> str:
        address: str = super().clean(value)
        if not address.isascii():
            raise forms.ValidationError("We can only write to addresses in plain letters, like name@example.org")
        return address


class HearForm(Guarded, PublicForm):
    """One question: where to write when there is an answer."""

    address = AddressField()


class AddWordsForm(PublicForm):
    """More words for a comment that is there already."""

    words = PlainField(
        label="What would you like to add?",
        help_text="Please leave out names, phone numbers and addresses of people.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_TYPED,
        error_messages={"required": "Write what you would like to add"},
    )

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if len(words) > LONGEST_ADDITION:
            more = len(words) - LONGEST_ADDITION
            raise forms.ValidationError(
                f"There is room for {LONGEST_ADDITION:,} letters. Take some out: {more:,} or more"
            )
        return words
