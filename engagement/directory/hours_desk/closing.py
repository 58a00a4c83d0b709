"""Saying that a place is not as usual on some days, and calling off what takes place there while it is closed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.http import QueryDict

from engagement.directory.actions import NoSuchSession, cancel_session, change_hours_on
from engagement.directory.hours_desk.forms import CallOffForm, DaysForm
from engagement.directory.models import HoursException, Keeper, Schedule, SchoolBreak, Venue
from engagement.directory.sessions import Session
from portal.accounts.models import User
from portal.clock import say_date, say_day, say_times


@dataclass(frozen=True)
class DaysInWords:
    """Some days on which a place is not as usual."""

    pk: int
    days: str
    what: str


@dataclass(frozen=True)
class SessionThere:
    """A session at a place on one of its closed days."""

    schedule: Schedule
    session: Session

    @property
    def key(self) -> str:
        return f"{self.schedule.pk}-{self.session.on:%Y-%m-%d}"

    @property
    def words(self) -> str:
        return f"{self.schedule.activity.name}, {say_date(self.session.day)}, {self.session.times}"


def days_to_come(venue: Venue, today: date) -> list[DaysInWords]:
    """What was said about days that are not over."""
    live = HoursException.objects.live().from_day(today).at(venue).by_day()
    return [DaysInWords(one.pk, _days(one, today), _what(one)) for one in live]


def say_days(form: DaysForm, *, venue: Venue, by: User | None, keeper: Keeper | None = None) -> HoursException | None:
    """What a form says of some days; nothing, and why not on the form, where it makes no sense."""
    if not form.is_valid():
        return None
    try:
        return change_hours_on(venue=venue, by=by, keeper=keeper, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return None


def sessions_there(said: HoursException, now: datetime) -> list[SessionThere]:
    """What is still to take place at a venue on days on which it is closed, also what was moved there; in order."""
    if said.opens_at is not None:
        return []
    days, schools, listed = (said.first_on, said.last_on), SchoolBreak.objects.year(), Schedule.objects.listed()
    here, elsewhere = listed.at(said.venue).timed(), listed.moved_to(said.venue).timed()
    found = [
        SessionThere(schedule, session)
        for schedule in [*here.with_changes(*days), *elsewhere.with_changes(*days)]
        for session in schedule.sessions(*days, schools)
        if _venue_of(schedule, session) == said.venue_id and not session.is_cancelled and not session.is_over(now)
    ]
    return sorted(found, key=lambda one: (one.session.starts, one.schedule.pk))


def call_off_form(found: list[SessionThere], data: QueryDict | None = None) -> CallOffForm:
    """One tick for each session."""
    return CallOffForm(data, sessions=[(one.key, one.words) for one in found])


def call_off(
    form: CallOffForm,
    found: list[SessionThere],
    *,
    said: HoursException,
    by: User | None,
    keeper: Keeper | None = None,
) -> tuple[int, list[str]]:
    """Each with a tick is off, for the reason for which the place is closed: how many are, and why others are not."""
    done, refused = 0, []
    for one in found:
        if one.key not in form.cleaned_data["session"]:
            continue
        try:
            cancel_session(schedule=one.schedule, on=one.session.on, reason=said.reason, by=by, keeper=keeper)
        except NoSuchSession as refusal:
            refused.append(str(refusal))
        else:
            done += 1
    return done, refused


def _venue_of(schedule: Schedule, session: Session) -> int:
    return (session.moved and session.moved.venue_pk) or schedule.venue_id


def _days(one: HoursException, today: date) -> str:
    first, last = say_day(one.first_on, today), say_day(one.last_on, today)
    said = first if one.first_on == one.last_on else f"{first} to {last}"
    return said[0].upper() + said[1:]


def _what(one: HoursException) -> str:
    said = f"open {say_times(one.opens_at, one.closes_at)}" if one.opens_at else "closed"
    return f"{said} ({one.reason})" if one.reason else said
