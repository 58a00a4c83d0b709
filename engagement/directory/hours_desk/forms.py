"""What is filled in when a place is not as usual: its days."""

from datetime import date
from typing import Any

from django import forms

from engagement.directory.actions.hours import LONGEST_REASON
from portal.forms import PlainField, PublicForm

A_LAST_DAY = "Leave this empty if it is one day only."
NO_TIMES = "Leave both times empty if it is closed all day."


def _day(label: str, wrong: str, **kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, widget=widget, error_messages=dict.fromkeys(("required", "invalid"), wrong), **kwargs
    )


def _time(label: str, wrong: str, **kwargs: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget, error_messages={"invalid": wrong}, **kwargs)


class DaysForm(PublicForm):
    """Some days on which a place is closed, or open at other times, and why."""

    first_on = _day("First day", "Give the first day, like 24/12/2026")
    last_on = _day("Last day", "Give the last day, like 2/1/2027", required=False, help_text=A_LAST_DAY)
    opens_at = _time("Open from", "Give a time like 10:00", help_text=NO_TIMES)
    closes_at = _time("Open until", "Give a time like 14:30")
    reason = PlainField(
        label="Why",
        help_text="A few words that everybody reads, such as “boiler broken”.",
        required=False,
        max_length=LONGEST_REASON,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_on"].widget.attrs["min"] = self.fields["last_on"].widget.attrs["min"] = today.isoformat()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said["last_on"] = said.get("last_on") or said.get("first_on")
        return said
