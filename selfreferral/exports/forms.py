"""What is asked before something is taken out of this room."""

from collections.abc import Sequence
from typing import Any

from django import forms

from portal.forms import PlainField
from selfreferral.deeds.shapes import DayInput
from selfreferral.exports.numbers import Quarter
from selfreferral.exports.tables import WHY_WORDS, Why

LONGEST_REASON = 200
# The history is never erased, so nobody's name can be typed into it.
_LETTER = r"^(?=.*\d)[A-Z0-9][A-Z0-9/. -]{0,29}$"


class NumbersForm(forms.Form):
    """One quarter of a year at a time, so that nobody is found as the difference between two answers."""

    use_required_attribute = False
    quarter = forms.ChoiceField(label="Which months")

    def __init__(self, data: Any = None, *, quarters: Sequence[Quarter]) -> None:
        super().__init__(data)
        self._quarters = {f"{quarter}": quarter for quarter in quarters}
        self.fields["quarter"].choices = [(key, one.in_words) for key, one in self._quarters.items()]  # type: ignore[attr-defined]

    def clean_quarter(self) -> Quarter:
        return self._quarters[self.cleaned_data["quarter"]]


class PeopleForm(forms.Form):
    """Names leave with a reason."""

    use_required_attribute = False
    since = forms.DateField(label="Asked on or after", widget=DayInput)
    until = forms.DateField(label="Asked on or before", widget=DayInput)
    why = forms.TypedChoiceField(
        label="Why",
        coerce=Why,
        choices=[(why.value, words) for why, words in WHY_WORDS.items()],
        widget=forms.RadioSelect,
    )
    letter = forms.RegexField(
        _LETTER,
        label="Number or date of their letter",
        help_text="For example: INS/2026-118, or 3/11/2026. Numbers and capitals only: no names are kept in the history.",
        error_messages={"invalid": "Write a number or a date, such as INS/2026-118"},
    )


class GiveForm(forms.Form):
    """Giving the person what we hold about them."""

    use_required_attribute = False
    check = PlainField(
        label="How did you make sure who asks?",
        help_text="For example: she came to the hall, and I know her from our talks.",
        max_length=LONGEST_REASON,
    )
    is_referrer_kept_back = forms.BooleanField(
        label="Leave out what the person who asked for them said about themselves", required=False, initial=True
    )
    is_risk_kept_back = forms.BooleanField(
        label="Leave out risks and safeguarding, because showing them could harm somebody", required=False
    )
    why = PlainField(
        label="Why something is left out",
        help_text="The person reads this. Needed where risks are left out.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_large = forms.BooleanField(label="Large print", required=False)
