"""What an editor presses to send an issue."""

from typing import Any

from django import forms


class SendForm(forms.Form):
    """The revision that the editor looked at when they pressed "Send"."""

    seen_revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        return {"seen_revision": None, **(super().clean() or {})}
