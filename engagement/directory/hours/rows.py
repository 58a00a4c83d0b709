"""Usual hours as the plain rows that staff fill in, what is wrong with them, and the OSM value that they make.

What a row says adds up: two rows about one day are both true. A closed row takes away from all the others, and bank
holidays come last. In the school holidays only those rows hold that do not keep to the term.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from itertools import combinations

from portal.clock import WEEKDAYS

CODES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
BY_APPOINTMENT = "by appointment"
LONGEST_NOTE = 60
MIDNIGHT = time.min
ALL_WEEK = tuple(range(7))
DayOfYear = tuple[int, int]  # month and day


class How(StrEnum):
    """What holds at the times of a row."""

    OPEN = "open"
    ALL_DAY = "all_day"
    BY_APPOINTMENT = "by_appointment"
    CLOSED = "closed"


class Part(StrEnum):
    """In which part of the year a row holds."""

    ALL_YEAR = "all_year"
    DATES = "dates"
    TERM_TIME = "term_time"
    SCHOOL_HOLIDAYS = "school_holidays"


class BankHolidays(StrEnum):
    """What holds on a bank holiday; BY_ROWS: the rows that tick bank holidays, and no other."""

    NOT_SAID = "not_said"
    CLOSED = "closed"
    AS_USUAL = "as_usual"
    BY_ROWS = "by_rows"


@dataclass(frozen=True)
class Row:
    """Some days and what holds on them; no weeks are all weeks of the month, -1 is the last.

    Times past midnight end on the next day. `first` and `last` bound a part of the year that goes by dates; the last may
    come before the first, over the turn of the year.
    """

    days: tuple[int, ...] = ()
    on_bank_holidays: bool = False
    weeks: tuple[int, ...] = ()
    how: How = How.OPEN
    opens: time | None = None
    closes: time | None = None
    note: str = ""
    part: Part = Part.ALL_YEAR
    first: DayOfYear | None = None
    last: DayOfYear | None = None

    @property
    def is_timed(self) -> bool:
        return self.how in {How.OPEN, How.BY_APPOINTMENT}

    @property
    def is_over_midnight(self) -> bool:
        return self.opens is not None and self.closes is not None and MIDNIGHT < self.closes < self.opens


@dataclass(frozen=True)
class UsualHours:
    """The rows of a place, and what it does on bank holidays."""

    rows: tuple[Row, ...] = ()
    bank_holidays: BankHolidays = BankHolidays.NOT_SAID


@dataclass(frozen=True)
class Problem:
    """What is wrong in one row, by its number from zero (none: in no row alone), and in which of its fields."""

    row: int | None
    field: str
    words: str


def to_value(usual: UsualHours) -> str:
    """The OSM value of rows that have no problem; empty for no rows."""
    if not usual.rows:
        return ""
    if _is_day_and_night(usual):
        return "24/7"
    rules: list[tuple[str, str]] = []
    if usual.bank_holidays is BankHolidays.AS_USUAL:
        rules.append(
            ("; ", "PH off")
        )  # what comes after it holds instead: it only says that bank holidays are no riddle
    opening = [row for row in usual.rows if row.how is not How.CLOSED]
    in_term = [row for row in opening if row.part is Part.TERM_TIME]
    rules += _opening_rules(in_term, ())
    if in_term:
        rules.append(("; ", "SH off"))
    rules += _opening_rules([row for row in opening if row.part is not Part.TERM_TIME], in_term)
    rules += [("; ", _rule(row)) for row in usual.rows if row.how is How.CLOSED]
    rules += _on_bank_holidays(usual)
    return "".join(between + rule for between, rule in rules).removeprefix("; ").removeprefix(", ")


def problems(usual: UsualHours) -> list[Problem]:
    """Everything that keeps rows from being hours, in words for whoever typed them."""
    found = [problem for number, row in enumerate(usual.rows) for problem in _wrong_in(number, row)]
    if usual.rows and all(row.how is How.CLOSED for row in usual.rows):
        found.append(Problem(None, "", "By these rows it never opens. Leave them empty where the hours are not known."))
    ticked = any(row.on_bank_holidays for row in usual.rows)
    if ticked and usual.bank_holidays in {BankHolidays.CLOSED, BankHolidays.AS_USUAL}:
        words = "A row says when it is open on bank holidays. Choose “as the rows say”, or take the tick away."
        found.append(Problem(None, "bank_holidays", words))
    if not ticked and usual.bank_holidays is BankHolidays.BY_ROWS:
        found.append(Problem(None, "bank_holidays", "No row ticks bank holidays. Tick them in one, or choose another."))
    if not found:
        found += [
            Problem(j, "opens", f"These times overlap those of row {i + 1} on {when}.")
            for i, j, when in _overlaps(usual.rows)
        ]
    return found


def _wrong_in(number: int, row: Row) -> Iterator[Problem]:
    may_be_any_day = row.how is How.CLOSED and row.part is not Part.ALL_YEAR and not row.weeks
    if not row.days and not row.on_bank_holidays and not may_be_any_day:
        yield Problem(number, "days", "Choose at least one day.")
    if row.is_timed and row.opens is None:
        yield Problem(number, "opens", "Give the time from which it is open.")
    if row.is_timed and row.closes is None:
        yield Problem(number, "closes", "Give the time at which it closes.")
    if row.is_timed and row.opens is not None and row.opens == row.closes:
        yield Problem(number, "closes", "It closes as it opens. For a whole day choose “open all day and night”.")
    if not row.is_timed and (row.opens or row.closes):
        yield Problem(number, "opens", "Leave the times empty: this row is about whole days.")
    if row.how is How.CLOSED and row.part is Part.TERM_TIME:
        yield Problem(number, "part", "Say when it is open in the school holidays instead.")
    if row.on_bank_holidays and row.how is How.CLOSED:
        yield Problem(number, "days", "Say that it is closed on bank holidays below the rows.")
    if row.on_bank_holidays and row.part in {Part.TERM_TIME, Part.SCHOOL_HOLIDAYS}:
        yield Problem(number, "days", "Bank holidays go with “all year” or with dates. Make a row of its own for them.")
    if '"' in row.note or len(row.note) > LONGEST_NOTE:
        yield Problem(number, "note", f"At most {LONGEST_NOTE} letters, and no quotation marks.")
    if row.part is Part.DATES:
        for name, day in (("first", row.first), ("last", row.last)):
            if day is None or not is_day_of_year(day):
                yield Problem(number, name, "Write a day of the year, such as 1 November.")


def is_day_of_year(day: DayOfYear) -> bool:
    """Whether there is such a day; 29 February is one: in other years it is the end of February, or the first of March."""
    try:
        date(2024, *day)
    except ValueError:
        return False
    return True


def _overlaps(rows: Sequence[Row]) -> Iterator[tuple[int, int, str]]:
    """Pairs of rows that say something about the same time of the same day, with what they are."""
    opening = [(number, row) for number, row in enumerate(rows) if row.how is not How.CLOSED]
    for (i, one), (j, other) in combinations(opening, 2):
        if not _parts_meet(one, other):
            continue
        # Weeks part the same day of the week; a night may run into a day of which they say nothing.
        pairs = [(day, there) for day in one.days for there in other.days if day != there or _weeks_meet(one, other)]
        met = [there for day, there in pairs if _times_meet(one, day, other, there)]
        if met:
            yield i, j, f"{WEEKDAYS[met[0]]}s"
        elif one.on_bank_holidays and other.on_bank_holidays and _times_meet(one, 0, other, 0):
            yield i, j, "bank holidays"


def _weeks_meet(one: Row, other: Row) -> bool:
    weeks = set(one.weeks) & set(other.weeks)
    either = {*one.weeks, *other.weeks}
    return not one.weeks or not other.weeks or bool(weeks) or {4, -1} <= either


def _parts_meet(one: Row, other: Row) -> bool:
    if {one.part, other.part} == {Part.TERM_TIME, Part.SCHOOL_HOLIDAYS}:
        return False
    if one.part is Part.DATES and other.part is Part.DATES:
        return any(in_part(one, month, day) and in_part(other, month, day) for month, day in _every_day())
    return True


def in_part(row: Row, month: int, day: int) -> bool:
    """Whether a day of the year lies between the two dates of a row."""
    assert row.first is not None
    assert row.last is not None
    if row.first <= row.last:
        return row.first <= (month, day) <= row.last
    return (month, day) >= row.first or (month, day) <= row.last


def _every_day() -> list[DayOfYear]:
    return [(month, day) for month in range(1, 13) for day in range(1, 32)]


def _times_meet(one: Row, day: int, other: Row, there: int) -> bool:
    for shift in (-7, 0, 7):
        starts, ends = _minutes(one, day)
        from_, to = _minutes(other, there + shift)
        if starts < to and from_ < ends:
            return True
    return False


def _minutes(row: Row, day: int) -> tuple[int, int]:
    """The times of a row on a day of the week, in minutes after Monday begins."""
    start = day * 1440
    if row.how is How.ALL_DAY or row.opens is None or row.closes is None:
        return start, start + 1440
    opens, closes = row.opens.hour * 60 + row.opens.minute, row.closes.hour * 60 + row.closes.minute
    return start + opens, start + (closes if closes > opens else closes + 1440)


def _is_day_and_night(usual: UsualHours) -> bool:
    always = Row(days=ALL_WEEK, how=How.ALL_DAY)
    return usual.rows == (always,) and usual.bank_holidays is BankHolidays.AS_USUAL


def _opening_rules(rows: Sequence[Row], before: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """A rule for each row; one that shares a day with an earlier one, or is or follows a night, takes nothing away."""
    said: set[int] = {day for row in before for day in row.days}
    has_night = any(row.is_over_midnight for row in before)
    for row in rows:
        if row.days:
            has_night = has_night or row.is_over_midnight
            yield ", " if has_night or said & set(row.days) else "; ", _rule(row)
            said |= set(row.days)


def _on_bank_holidays(usual: UsualHours) -> Iterator[tuple[str, str]]:
    rows = [row for row in usual.rows if row.on_bank_holidays]
    are_added = any(row.part is Part.DATES or row.is_over_midnight for row in rows)
    if usual.bank_holidays is BankHolidays.CLOSED or are_added:
        yield "; ", "PH off"
    between = ", " if are_added else "; "
    for row in rows:
        yield between, " ".join(filter(None, [_dates(row), "PH", _state(row)]))
        between = ", "


def _rule(row: Row) -> str:
    part = "SH" if row.part is Part.SCHOOL_HOLIDAYS else _dates(row)
    return " ".join(filter(None, [part, _days(row), _state(row)]))


def _dates(row: Row) -> str:
    if row.first is None or row.last is None:
        return ""
    (month, day), (last_month, last_day) = row.first, row.last
    return f"{MONTHS[month - 1]} {day:02}-{MONTHS[last_month - 1]} {last_day:02}"


def _days(row: Row) -> str:
    if row.weeks:
        weeks = ",".join(str(week) for week in sorted(row.weeks, key=lambda week: (week < 0, week)))
        return ",".join(f"{CODES[day]}[{weeks}]" for day in sorted(row.days))
    return ",".join(
        CODES[first] if first == last else f"{CODES[first]}-{CODES[last]}" for first, last in stretches(row.days)
    )


def stretches(days: Sequence[int]) -> list[tuple[int, int]]:
    """Days that follow each other as first and last, in order."""
    found: list[tuple[int, int]] = []
    for day in sorted(days):
        if found and found[-1][1] == day - 1:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def _state(row: Row) -> str:
    if row.how is How.CLOSED:
        return "off"
    times = "00:00-24:00"
    if row.opens is not None and row.closes is not None:
        times = f"{row.opens:%H:%M}-{'24:00' if row.closes == MIDNIGHT else f'{row.closes:%H:%M}'}"
    if row.how is How.BY_APPOINTMENT:
        return f'{times} unknown "{row.note or BY_APPOINTMENT}"'
    return f'{times} open "{row.note}"' if row.note else times
