"""Forms about accounts: inviting, roles, and setting a password of one's own."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from portal.accounts.models import User
from portal.accounts.roles import ROLES
from portal.forms import PublicForm


def role_choices() -> list[tuple[str, str]]:
    """Each role with what it is for, for whoever chooses."""
    return [(name, f"{role.title}: {role.holds}") for name, role in ROLES.items()]


class RolesForm(forms.Form):
    """Which jobs somebody has."""

    roles = forms.MultipleChoiceField(
        label="Roles",
        choices=role_choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one role."},
    )


class InviteForm(RolesForm):
    """Whom to invite, and what they will do here."""

    email = forms.EmailField(
        label="Their work e-mail address", help_text="The link goes there. Check every letter.", max_length=254
    )
    first_name = forms.CharField(label="First name", max_length=150)
    last_name = forms.CharField(label="Last name", max_length=150, required=False)
    field_order = ("email", "first_name", "last_name", "roles")


class WelcomeForm(PublicForm):
    """A password of one's own, typed twice."""

    password = forms.CharField(
        label="Choose a password",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 letters or numbers. Three words in a row are good.",
    )
    again = forms.CharField(
        label="The same password again",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned and {"password", "again"} <= set(cleaned) and cleaned["password"] != cleaned["again"]:
            self.add_error("again", "The two are not the same. Type it again.")
        return cleaned
