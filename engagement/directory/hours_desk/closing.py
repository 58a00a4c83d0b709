"""Saying that a place is not as usual on some days, taking it back, and what is off there because of that."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError

from engagement.directory.actions import change_hours_on, restore_hours
from engagement.directory.hours_desk.forms import DaysForm
from engagement.directory.models import HoursException, Keeper, SessionChange, Venue
from portal.accounts.models import User
from portal.clock import say_day, say_times

MOST_NAMED = 6


@dataclass(frozen=True)
class OffWithIt:
    """One session that is off because its place is closed."""

    change: SessionChange
    words: str

    @property
    def on(self) -> str:
        return self.change.session_on.isoformat()


@dataclass(frozen=True)
class DaysInWords:
    """Some days on which a place is not as usual, and what is off with it."""

    pk: int
    days: str
    what: str
    off: list[OffWithIt]


def days_to_come(venue: Venue, today: date) -> list[DaysInWords]:
    """What was said about days that are not over."""
    live = list(HoursException.objects.live().from_day(today).at(venue).by_day())
    off = _off_with([one.together for one in live if one.together], today)
    return [DaysInWords(one.pk, _days(one, today), _what(one), off.get(one.together, [])) for one in live]


def say_days(form: DaysForm, *, venue: Venue, by: User | None, keeper: Keeper | None = None) -> HoursException | None:
    """What a form says of some days; nothing, and why not on the form, where it makes no sense."""
    if not form.is_valid():
        return None
    try:
        return change_hours_on(venue=venue, by=by, keeper=keeper, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return None


def said_of(said: HoursException, today: date) -> str:
    """What is told after the press: that every page says so, and which sessions are off with it."""
    off = _off_with([said.together], today).get(said.together, []) if said.together else []
    if not off:
        return "Every page says so now. You can undo it below."
    named = "; ".join(one.words for one in off[:MOST_NAMED])
    more = f"; and {len(off) - MOST_NAMED} more" if len(off) > MOST_NAMED else ""
    return f"Every page says so now. {_are(len(off), 'off with it')}: {named}{more}. Keep one on? Undo it there."


def take_back(said: HoursException, *, by: User | None, keeper: Keeper | None = None) -> str:
    """Take back what was said of some days: what is told after the press; nothing where it had been taken back already."""
    if not restore_hours(exception=said, by=by, keeper=keeper):
        return ""
    done = "These days are as usual again."
    if said.together is None:
        return done
    said.refresh_from_db()
    on_again = SessionChange.objects.said_together(said.together).taken_back_with(said).count()
    return f"{done} {_are(on_again, 'on again')}." if on_again else done


def _off_with(together: Iterable[UUID], today: date) -> dict[UUID | None, list[OffWithIt]]:
    """By what was said in one go, the sessions that are still off because of it, soonest first."""
    found: dict[UUID | None, list[OffWithIt]] = {}
    for change in SessionChange.objects.live().said_with(together).with_activity():
        words = f"{change.schedule.activity.name}, {say_day(change.session_on, today)}"
        found.setdefault(change.together, []).append(OffWithIt(change, words))
    return found


def _are(count: int, what: str) -> str:
    return f"1 session is {what}" if count == 1 else f"{count} sessions are {what}"


def _days(one: HoursException, today: date) -> str:
    first, last = say_day(one.first_on, today), say_day(one.last_on, today)
    said = first if one.first_on == one.last_on else f"{first} to {last}"
    return said[0].upper() + said[1:]


def _what(one: HoursException) -> str:
    said = f"open {say_times(one.opens_at, one.closes_at)}" if one.opens_at else "closed"
    return f"{said} ({one.reason})" if one.reason else said
