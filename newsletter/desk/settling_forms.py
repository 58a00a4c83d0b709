"""What somebody of the team says about copies whose fate nobody knew, and about addresses."""

from typing import Any

from django import forms

from newsletter.forms import AddressField
from portal.emails.models import Suppression
from portal.emails.suppression import Because

ON_A_PAGE = 50


class SettleForm(forms.Form):
    """The ticked copies, and what became of them."""

    WENT, NOT_GONE = "went", "not_gone"

    fate = forms.ChoiceField(choices=[(WENT, "It went"), (NOT_GONE, "It did not go: send it")])

    def clean(self) -> dict[str, Any]:
        ticked = self.data.getlist("copy") if hasattr(self.data, "getlist") else []
        numbers = [int(number) for number in ticked[:ON_A_PAGE] if number.isdecimal() and len(number) < 19]
        return {**(super().clean() or {}), "numbers": numbers}


class _AddressForm(forms.Form):
    address = AddressField(label="E-mail address")


class StopForm(_AddressForm):
    """An address that is to get no mail of ours any more."""

    reason = forms.ChoiceField(
        label="What happened",
        choices=[
            (Suppression.Reason.ASKED.value, "They asked us to stop"),
            (Suppression.Reason.BOUNCED.value, "Our mail comes back from there"),
            (Suppression.Reason.COMPLAINED.value, "They said that our mail is spam"),
        ],
        error_messages={"required": "Choose what happened"},
    )


class LiftForm(_AddressForm):
    """An address that may get mail of ours again."""

    because = forms.ChoiceField(
        label="Why", choices=Because.choices, error_messages={"required": "Choose why they may be written to again"}
    )
