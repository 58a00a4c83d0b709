"""Days on which a place is not as usual: the form, and the sessions that a closed door takes with it."""

from dataclasses import dataclass
from typing import Any

from django import forms

from engagement.directory.hours.school_year import SchoolYear
from engagement.directory.models import HoursException, Schedule
from engagement.directory.sessions import Session

_DATE = {"type": "date"}
_TIME = {"type": "time"}


class DaysForm(forms.Form):
    """Some days, closed where no times are given."""

    first_on = forms.DateField(label="First day", widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"))
    last_on = forms.DateField(
        label="Last day (leave empty for one day)",
        required=False,
        widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"),
    )
    opens_at = forms.TimeField(
        label="Opens (leave both empty for closed all day)", required=False, widget=forms.TimeInput(attrs=_TIME)
    )
    closes_at = forms.TimeField(label="Closes", required=False, widget=forms.TimeInput(attrs=_TIME))
    reason = forms.CharField(label="Why, in a few words, such as “boiler broken”", required=False, max_length=160)

    def clean(self) -> dict[str, Any]:
        words: dict[str, Any] = super().clean() or {}
        words["last_on"] = words.get("last_on") or words.get("first_on")
        return words


@dataclass(frozen=True)
class SessionThere:
    """A session at a place on one of its closed days."""

    schedule: Schedule
    session: Session

    @property
    def key(self) -> str:
        return f"{self.schedule.pk}-{self.session.on:%Y-%m-%d}"


def sessions_on(said: HoursException, schools: SchoolYear) -> list[SessionThere]:
    """What still takes place at a venue on the days of an exception, in order."""
    schedules = Schedule.objects.at(said.venue).timed().with_changes(said.first_on, said.last_on)
    found = [
        SessionThere(schedule, session)
        for schedule in schedules
        for session in schedule.sessions(said.first_on, said.last_on, schools)
        if not session.is_cancelled and not (session.moved and session.moved.venue_pk)
    ]
    return sorted(found, key=lambda one: one.session.starts)
