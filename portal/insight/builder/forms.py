"""The builder's form: which time, for whom, and whether to count afresh."""

from datetime import date
from typing import Any

from django import forms

from portal.insight.audiences import Audience, offered, offered_to_board, period_of
from portal.insight.periods import NoPeriod


class BeginForm(forms.Form):
    """`cleaned_data` has the `period`; months and times that are not over are for the board alone."""

    span = forms.ChoiceField(
        label="Which time", help_text="Published reports are about a quarter or a financial year that is over."
    )
    audience = forms.ChoiceField(label="For whom", choices=Audience.choices, widget=forms.RadioSelect)
    counts_afresh = forms.BooleanField(
        label="Count afresh",
        required=False,
        help_text="Else a report shows the same numbers as the ones of this time before it. A new count goes out once the "
        "reports with the older one are unpublished.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        everybody = [(one.key, one.label) for one in offered(today)]
        board = [(one.key, one.label) for one in offered_to_board(today) if (one.key, one.label) not in everybody]
        self.fields["span"].choices = [*everybody, ("For the board alone", board)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if "span" in given and "audience" in given:
            try:
                given["period"] = period_of(given["span"], given["audience"], self.today)
            except NoPeriod as problem:
                self.add_error("span", str(problem))
        return given
