"""What people fill in to get the newspaper, or to change what they get."""

from django import forms

from portal.forms import PublicForm
from portal.spam import Guarded

HOW_TO = "Enter an e-mail address like name@example.org"


class SubscribeForm(Guarded, PublicForm):
    """One question: where to send it."""

    email = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": HOW_TO,
            "invalid": HOW_TO,
            "max_length": HOW_TO,
            "null_characters_not_allowed": HOW_TO,
        },
    )

    def clean_email(self) -> str:
        """Plain letters only: an address that merely looks like somebody's must not be taken for theirs."""
        address: str = self.cleaned_data["email"]
        if not address.isascii():
            raise forms.ValidationError("We can only write to addresses in plain letters, like name@example.org")
        return address


class PreferencesForm(PublicForm):
    """Keep getting it, pause, or leave."""

    KEEP, PAUSE, LEAVE = "keep", "pause", "leave"

    choice = forms.ChoiceField(
        label="What would you like?",
        widget=forms.RadioSelect,
        choices=[
            (KEEP, "Send me each new issue"),
            (PAUSE, "Pause: keep my address, but send nothing"),
            (LEAVE, "Stop: take me off the list"),
        ],
        error_messages={"required": "Choose what you would like", "invalid_choice": "Choose one of the three"},
    )
