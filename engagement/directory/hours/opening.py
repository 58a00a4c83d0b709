"""When a place is open, and what to say about that now, from its hours and from what was said about single days.

Hours are kept as clocks on the wall show them, so a clock change moves no opening. A bank holiday that the hours do not
name is not known, nor is a school holiday that no council has told yet: the place may be open or shut, and the line says
to ring first rather than guess.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from heapq import merge

from opening_hours import ParserError, State  # type: ignore[attr-defined]

from engagement.directory.hours.evaluation import after_a_night_that_was_not, parsed
from engagement.directory.hours.holiday_dates import (
    UnreadHolidayRule,
    bank_holiday,
    names_school_holidays,
    says_about_bank_holidays,
)
from engagement.directory.hours.school_year import NO_SCHOOLS, SchoolYear
from portal.clock import LONDON, WEEKDAYS, say_date, say_time, say_times

AHEAD = timedelta(days=400)
SOON = timedelta(minutes=30)
A_DAY = timedelta(days=1)
UNREADABLE = (ParserError, UnreadHolidayRule)


@dataclass(frozen=True)
class Exceptional:
    """Days on which the usual hours do not hold: closed, or open from one time to another on each of them."""

    first: date
    last: date
    opens: time | None = None
    closes: time | None = None
    reason: str = ""

    @property
    def is_closed(self) -> bool:
        return self.opens is None

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Hours:
    """All that is known of when a place is open: the usual hours as an OSM value, empty where nobody gave them, what
    was said about single days (of two about one day the later in the list holds), and the school year."""

    value: str
    exceptions: tuple[Exceptional, ...] = ()
    schools: SchoolYear = NO_SCHOOLS

    def said_about(self, day: date) -> Exceptional | None:
        return next((one for one in reversed(self.exceptions) if one.covers(day)), None)


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


def open_line(hours: Hours, now: datetime) -> OpenLine:
    """What to say about a place at this moment; hours that nobody gave, or that cannot be read, are not known."""
    wall = now.astimezone(LONDON).replace(tzinfo=None)
    said = hours.said_about(wall.date())
    if not hours.value and not said:
        return NOT_KNOWN
    try:
        found = _first_that_counts(hours, wall)
    except UNREADABLE:
        return NOT_KNOWN
    if found and found.is_certain and found.starts <= wall:
        return _open_until(found, now)
    line = _not_open(found, wall)
    if said is None or not said.is_closed:
        return line
    why = f"Closed today: {said.reason}" if said.reason else "Closed today"
    return OpenLine(is_open=False, label=why if found is None else f"{why}. {line.label}", changes_at=line.changes_at)


def spans(hours: Hours, start: datetime, end: datetime) -> Iterator[Span]:
    """When a place is open between two readings of London's clocks, in order, stretches that touch joined.

    A stretch belongs to the day on which it begins: a place closed on Tuesday is shut on Tuesday night, past midnight too.
    Raises ParserError or UnreadHolidayRule for a value that no venue can be saved with.
    """
    held: Span | None = None
    pieces = merge(_usual_but_for_exceptions(hours, start, end), _exceptional(hours, start, end), key=_in_order)
    for span in pieces:
        if held and held.ends >= span.starts and held.is_certain == span.is_certain:
            held = Span(held.starts, max(held.ends, span.ends), held.is_certain, held.comment or span.comment)
            continue
        if held:
            yield held
        held = span
    if held:
        yield held


def coming_days(hours: Hours, first: date, count: int = 7) -> list[DayHours]:
    """The hours of some real days from `first` on, holidays and exceptions and all; empty where the hours are not known."""
    if not hours.value and not any(hours.said_about(first + n * A_DAY) for n in range(count)):
        return []
    midnight = _midnight(first)
    try:
        found = list(spans(hours, midnight - A_DAY, midnight + (count + 1) * A_DAY))
    except UNREADABLE:
        return []
    return [_one_day(hours, found, first + n * A_DAY) for n in range(count)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)


def _in_order(span: Span) -> tuple[datetime, datetime]:
    return span.starts, span.ends


def _usual_but_for_exceptions(hours: Hours, start: datetime, end: datetime) -> Iterator[Span]:
    for span in _usual(hours, start, end):
        yield from _outside_exceptions(span, hours)


def _exceptional(hours: Hours, start: datetime, end: datetime) -> Iterator[Span]:
    """What holds on exceptional days instead of the usual hours."""
    if not any(one.opens for one in hours.exceptions):
        return
    day = start.date()
    while day <= end.date():
        said = hours.said_about(day)
        if said and said.opens and said.closes:
            opens = datetime.combine(day, said.opens)
            closes = datetime.combine(day if said.closes > said.opens else day + A_DAY, said.closes)
            if closes > start and opens < end:
                yield Span(max(opens, start), min(closes, end), is_certain=True, comment=said.reason)
        day += A_DAY


def _usual(hours: Hours, start: datetime, end: datetime) -> Iterator[Span]:
    if not hours.value:
        return
    settled = says_about_bank_holidays(hours.value)
    asks_schools = names_school_holidays(hours.value)
    for starts, ends, state, comment in parsed(hours.value, start.year, hours.schools).intervals(start, end):
        if state == State.CLOSED:
            continue
        if starts.time() == time.min:
            starts = after_a_night_that_was_not(hours.value, starts, hours.schools)
            if starts >= ends:
                continue
        day = starts.date()
        is_known = (settled or not bank_holiday(day)) and (not asks_schools or hours.schools.knows(day))
        yield Span(starts, ends, state == State.OPEN and is_known, comment)


def _outside_exceptions(span: Span, hours: Hours) -> Iterator[Span]:
    if not hours.exceptions:
        yield span
    elif span.ends - span.starts <= A_DAY:
        if not hours.said_about(span.starts.date()):
            yield span
    else:
        day = span.starts.date()
        while _midnight(day) < span.ends:
            if not hours.said_about(day):
                yield Span(
                    max(span.starts, _midnight(day)),
                    min(span.ends, _midnight(day + A_DAY)),
                    span.is_certain,
                    span.comment,
                )
            day += A_DAY


def _first_that_counts(hours: Hours, wall: datetime) -> Span | None:
    """The stretch to speak of: the one under way or, unless today is uncertain, the next that is certain."""
    uncertain = None
    for span in spans(hours, wall - A_DAY, wall + AHEAD):
        if span.ends <= wall:
            continue
        if span.is_certain or span.starts.date() == wall.date():
            return span
        uncertain = uncertain or span
    return uncertain


def _not_open(found: Span | None, wall: datetime) -> OpenLine:
    if found is None:
        return OpenLine(is_open=False, label="Closed")
    return _opens(found, wall) if found.is_certain else _uncertain(found)


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
    if span.comment:
        label = f"{label}, {span.comment}"
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


def _one_day(hours: Hours, found: list[Span], day: date) -> DayHours:
    midnight = _midnight(day)
    times, doubts = [], []
    for span in found:
        covers_the_day = span.starts <= midnight and span.ends >= midnight + A_DAY
        if not covers_the_day and span.starts.date() != day:
            continue
        words = "all day" if covers_the_day else say_times(span.starts, span.ends)
        times.append(f"{words} ({span.comment})" if span.comment else words)
        doubts.append(not span.is_certain)
    words = ", ".join(times) or "closed"
    said = hours.said_about(day)
    if said and said.is_closed and said.reason:
        words = f"closed: {said.reason}"
    if any(doubts):
        words = f"{words}: ring first"
    return DayHours(day, WEEKDAYS[day.weekday()], words, bool(times), bank_holiday(day))
