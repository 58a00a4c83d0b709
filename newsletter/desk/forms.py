"""What an editor fills in to try an issue, to send it now, or to have it sent later."""

from typing import Any

from django import forms

from newsletter.actions.campaigns import MOST_COLLEAGUES
from newsletter.planning import NoSuchMoment, moment_of
from portal.accounts.models import User
from portal.accounts.permissions import holders
from portal.clock import now

_STAFF = "wagtailadmin.access_admin"


class SendForm(forms.Form):
    """The revision that the editor looked at when they pressed "Send", and why it goes although something stands in the way."""

    seen_revision = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why it goes all the same",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only where something stands in the way. It is kept with the sending.",
    )

    def clean_seen_revision(self) -> int:
        """The revision's number; 0 where the screen told none, which is right only for an issue without revisions."""
        told = self.cleaned_data["seen_revision"]
        return int(told) if told.isdecimal() and len(told) < 19 else 0


class PlanForm(SendForm):
    """The same for later: a day and an hour of London's clocks."""

    day = forms.DateField(
        label="Day",
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "off"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose a day.", "invalid": "Enter a day like 27/11/2026."},
    )
    hour = forms.TimeField(
        label="Time",
        widget=forms.TimeInput(attrs={"type": "time", "autocomplete": "off"}, format="%H:%M"),
        error_messages={"required": "Choose a time.", "invalid": "Enter a time like 09:30."},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("day") and cleaned.get("hour"):
            try:
                cleaned["moment"] = moment_of(cleaned["day"], cleaned["hour"], now=now())
            except NoSuchMoment as refusal:
                self.add_error("day", str(refusal))
        return cleaned


class TestForm(forms.Form):
    """Up to five colleagues who get a test too; accounts of staff only, so that a test reaches nobody else."""

    colleagues = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(),
        required=False,
        label="And to",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose colleagues with an account here."},
    )

    def __init__(self, *arguments: Any, by: User, **more: Any) -> None:
        super().__init__(*arguments, **more)
        field = self.fields["colleagues"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = holders(_STAFF).exclude(pk=by.pk).order_by("first_name", "last_name", "email")
        field.label_from_instance = lambda user: user.display_name  # type: ignore[method-assign,assignment]

    def clean_colleagues(self) -> list[User]:
        chosen = list(self.cleaned_data["colleagues"])
        if len(chosen) > MOST_COLLEAGUES:
            raise forms.ValidationError(f"Choose {MOST_COLLEAGUES} colleagues at the most.")
        return chosen
