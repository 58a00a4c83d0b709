"""What somebody fills in to hear when a session is off: where to write, and nothing else."""

from django import forms

from portal.forms import PublicForm
from portal.spam import Guarded

HOW_TO = "Enter an e-mail address like name@example.org"


class ListenForm(Guarded, PublicForm):
    """One question."""

    address = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages=dict.fromkeys(("required", "invalid", "max_length", "null_characters_not_allowed"), HOW_TO),
    )

    def clean_address(self) -> str:
        """In plain letters: one that merely looks like somebody's must not be taken for theirs."""
        address: str = self.cleaned_data["address"]
        if not address.isascii():
            raise forms.ValidationError("We can only write to addresses in plain letters, like name@example.org")
        return address
