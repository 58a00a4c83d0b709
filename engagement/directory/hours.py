"""Opening hours: whether a place is open at a moment, and when next, from an OSM `opening_hours` value.

Hours are kept as clocks on the wall show them, so a clock change moves no opening. A bank holiday that the hours do not
name is not known: the place may be open or shut, and the line says to ring first rather than guess.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]

from engagement.directory.bank_holidays import UnreadHolidayRule, bank_holiday, says_about_bank_holidays, with_dates
from engagement.directory.hours_reading import read
from portal.clock import LONDON, WEEKDAYS, say_date, say_time, say_times

AHEAD = timedelta(days=400)
SOON = timedelta(minutes=30)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class OpenLine:
    """One line about now: "Open until 4pm". `changes_at` is the next closing or opening, where that is known.

    Not known is neither open nor closed: then `is_known` is false and the label says to ring first.
    """

    is_open: bool
    label: str
    is_known: bool = True
    changes_at: datetime | None = None


@dataclass(frozen=True)
class Span:
    """A stretch of time, by London's clocks, in which a place is open, or may be where that is not certain."""

    starts: datetime
    ends: datetime
    is_certain: bool
    comment: str = ""


@dataclass(frozen=True)
class DayHours:
    """The hours of one real day: "Wednesday", "11:30am to 1:30pm"; the name of a bank holiday where it is one."""

    day: date
    name: str
    words: str
    is_open: bool
    holiday: str = ""


NOT_KNOWN = OpenLine(is_open=False, label="Hours not known: ring first", is_known=False)


def open_line(value: str, now: datetime) -> OpenLine:
    """What to say about a place at this moment; hours that nobody gave, or that cannot be read, are not known."""
    if not value:
        return NOT_KNOWN
    wall = now.astimezone(LONDON).replace(tzinfo=None)
    try:
        found = _first_that_counts(value, wall)
    except (ParserError, UnreadHolidayRule):
        return NOT_KNOWN
    if found is None:
        return OpenLine(is_open=False, label="Closed")
    if not found.is_certain:
        return _uncertain(found)
    return _open_until(found, now) if found.starts <= wall else _opens(found, wall)


def spans(value: str, start: datetime, end: datetime) -> Iterator[Span]:
    """When a place is open between two readings of London's clocks, in order, stretches that touch joined.

    Raises ParserError or UnreadHolidayRule for a value that no venue can be saved with.
    """
    is_settled = says_about_bank_holidays(value)
    held: Span | None = None
    for starts, ends, state, comment in _parsed(value, start.year).intervals(start, end):
        if state == State.CLOSED:
            continue
        is_certain = state == State.OPEN and (is_settled or not bank_holiday(starts.date()))
        span = Span(starts, ends, is_certain, comment)
        if held and held.ends == starts and held.is_certain == is_certain:
            held = Span(held.starts, ends, is_certain, held.comment)
            continue
        if held:
            yield held
        held = span
    if held:
        yield held


def read_text(text: str) -> str | None:
    """A venue's own words as an OSM `opening_hours` value; None where they cannot be read without guessing."""
    return read(text)


def coming_days(value: str, first: date, count: int = 7) -> list[DayHours]:
    """The hours of some real days from `first` on, bank holidays and all; empty where the hours are not known."""
    if not value:
        return []
    midnight = datetime.combine(first, datetime.min.time())
    try:
        found = list(spans(value, midnight - A_DAY, midnight + (count + 1) * A_DAY))
    except (ParserError, UnreadHolidayRule):
        return []
    return [_one_day(found, first + n * A_DAY) for n in range(count)]


@lru_cache(maxsize=16_384)
def _parsed(value: str, year: int) -> OpeningHours:
    return OpeningHours(with_dates(value, year))


def _first_that_counts(value: str, wall: datetime) -> Span | None:
    """The stretch to speak of: the one under way or, unless today is uncertain, the next that is certain."""
    uncertain = None
    for span in spans(value, wall, wall + AHEAD):
        if span.is_certain or span.starts.date() == wall.date():
            return span
        uncertain = uncertain or span
    return uncertain


def _uncertain(span: Span) -> OpenLine:
    reason = span.comment or ("bank holiday" if bank_holiday(span.starts.date()) else "it is not always open")
    return OpenLine(is_open=False, label=f"Ring first: {reason}", is_known=False)


def _open_until(span: Span, now: datetime) -> OpenLine:
    closes = span.ends.replace(tzinfo=LONDON)
    left = closes.astimezone(UTC) - now.astimezone(UTC)  # two times of one zone would be told apart by the wall alone
    if left > AHEAD - 2 * A_DAY:
        return OpenLine(is_open=True, label="Open day and night")
    if left <= SOON:
        label = f"Closes soon: {say_time(closes)}"
    elif left < timedelta(hours=20):
        label = f"Open until {say_time(closes)}"
    else:
        last_day = (span.ends - timedelta(minutes=1)).weekday()
        label = f"Open until {WEEKDAYS[last_day]} {say_time(closes)}"
    return OpenLine(is_open=True, label=label, changes_at=closes)


def _opens(span: Span, wall: datetime) -> OpenLine:
    opens = span.starts.replace(tzinfo=LONDON)
    days = (span.starts.date() - wall.date()).days
    if days < 2:
        label = f"Opens {say_time(opens)} {'tomorrow' if days else 'today'}"
    elif days < 7:
        label = f"Opens {WEEKDAYS[opens.weekday()]} {say_time(opens)}"
    else:
        label = f"Opens {say_date(opens.date())}, {say_time(opens)}"
    return OpenLine(is_open=False, label=label, changes_at=opens)


def _one_day(found: list[Span], day: date) -> DayHours:
    midnight = datetime.combine(day, datetime.min.time())
    times, doubts = [], []
    for span in found:
        covers_the_day = span.starts <= midnight and span.ends >= midnight + A_DAY
        if not covers_the_day and span.starts.date() != day:
            continue
        words = "all day" if covers_the_day else say_times(span.starts, span.ends)
        times.append(f"{words} ({span.comment})" if span.comment else words)
        doubts.append(not span.is_certain)
    words = ", ".join(times) or "closed"
    if any(doubts):
        words = f"{words}: ring first"
    return DayHours(day, WEEKDAYS[day.weekday()], words, bool(times), bank_holiday(day))
