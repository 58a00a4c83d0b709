"""What the pages of this room show: coming sessions of a place, its closed days, and wishes with both their values."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from engagement.directory.keeping.diff import Piece, compare
from engagement.directory.keeping.wishes import BY_HAND, fingerprint, in_words, label_of, value_now
from engagement.directory.models import Activity, ComingSession, HoursException, ProposedChange, Venue
from engagement.directory.sessions import Session
from portal.clock import say_day, say_times


@dataclass(frozen=True)
class OwnSession:
    """One coming session at a keeper's place: when, what was said of it, and the words for calling it off."""

    schedule_pk: int
    name: str
    session: Session
    day: str
    said: str
    off_words: str


@dataclass(frozen=True)
class ClosedDays:
    """Some days on which a place is not as usual, in words."""

    pk: int
    days: str
    what: str


@dataclass(frozen=True)
class WishRow:
    """One wish beside what the entry said then and says now, word by word."""

    wish: ProposedChange
    label: str
    before: list[Piece]
    after: list[Piece]
    was: str
    now: str
    wanted: str
    is_overtaken: bool
    is_by_hand: bool
    seen: str


def coming_sessions(venue: Venue, now: datetime) -> list[OwnSession]:
    """Sessions of the coming five weeks whose rule is at this place, the soonest first."""
    today = now.date()
    coming = ComingSession.objects.listed().not_over(now).at_venues([venue.pk]).soonest_first()
    return [_own(one, today) for one in coming if one.schedule.venue_id == venue.pk]


def closed_days(venue: Venue, now: datetime) -> list[ClosedDays]:
    """What was said about days to come."""
    today = now.date()
    live = venue.exceptions.live().from_day(today).order_by("first_on", "pk")
    return [ClosedDays(one.pk, _days(one.first_on, one.last_on, today), _what(one)) for one in live]


def waiting_rows(entries: Iterable[Venue | Activity]) -> list[WishRow]:
    """What waits for our team about some entries."""
    return [wish_row(wish) for one in entries for wish in ProposedChange.objects.about(one).waiting().with_entry()]


def wish_row(wish: ProposedChange) -> WishRow:
    """A wish with what the entry says today."""
    entry, field = wish.entry, wish.field
    now = value_now(entry, field)
    shown = in_words(field, now)
    before, after = compare(shown, in_words(field, wish.wanted))
    return WishRow(
        wish=wish,
        label=label_of(entry, field),
        before=before,
        after=after,
        was=in_words(field, wish.was),
        now=shown,
        wanted=in_words(field, wish.wanted),
        is_overtaken=now != wish.was,
        is_by_hand=field in BY_HAND,
        seen=fingerprint(now),
    )


def _own(coming: ComingSession, today: date) -> OwnSession:
    session = coming.as_session
    off = replace(session, is_cancelled=True, reason="").change_in_words(today)
    return OwnSession(
        schedule_pk=coming.schedule_id,
        name=coming.schedule.activity.name,
        session=session,
        day=_capital(say_day(session.day, today)),
        said=session.change_in_words(today),
        off_words=off,
    )


def _days(first: date, last: date, today: date) -> str:
    said = say_day(first, today) if first == last else f"{say_day(first, today)} to {say_day(last, today)}"
    return _capital(said)


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _what(one: HoursException) -> str:
    said = f"open {say_times(one.opens_at, one.closes_at)}" if one.opens_at else "closed"
    return f"{said} ({one.reason})" if one.reason else said
