"""What an editor fills in to make a round of printed copies."""

from typing import Any

from django import forms


class RoundForm(forms.Form):
    """Where the copies go, how many there are, and on which day."""

    name = forms.CharField(
        label="Where these copies go",
        max_length=80,
        help_text="Such as “Doors on Third Street” or “The school”.",
        error_messages={"required": "Say where these copies go."},
    )
    copies = forms.IntegerField(
        label="How many copies",
        min_value=1,
        max_value=100_000,
        error_messages={"required": "Say how many copies are printed.", "invalid": "Enter a number like 200."},
    )
    dropped_on = forms.DateField(
        label="On which day",
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "off"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter a day like 27/11/2026, or leave it empty."},
    )

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "copies", "dropped_on")}
