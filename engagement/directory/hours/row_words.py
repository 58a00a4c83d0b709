"""Rows as people say them: "Mondays and Wednesdays 9:30am to 12 noon, in term time; the first Saturday 10am to 1pm"."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import time

from engagement.directory.hours.rows import (
    ALL_WEEK,
    BY_APPOINTMENT,
    MONTHS,
    BankHolidays,
    How,
    Part,
    Row,
    UsualHours,
    stretches,
)
from portal.clock import WEEKDAYS, say_times

MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
_PARTS = {Part.TERM_TIME: "in term time", Part.SCHOOL_HOLIDAYS: "in the school holidays"}
_HOLIDAYS = {
    BankHolidays.NOT_SAID: "",
    BankHolidays.CLOSED: "closed",
    BankHolidays.AS_USUAL: "as usual",
}
assert len(MONTH_NAMES) == len(MONTHS)


def rows_in_words(usual: UsualHours) -> str:
    """The rows read back, those of one part of the year together."""
    by_part: dict[str, list[Row]] = {}
    for row in usual.rows:
        if row.days or row.how is How.CLOSED:
            by_part.setdefault(_part_in_words(row), []).append(row)
    told = []
    for part, rows in by_part.items():
        pieces = _pieces(rows)
        if not part:
            told.append("; ".join(pieces))
        elif len(pieces) == 1:
            told.append(f"{pieces[0]}, {part}" if pieces[0] else part)
        else:
            told.append(f"{part}: {'; '.join(pieces)}")
    words = "; ".join(told) or "Only on bank holidays"
    return words[0].upper() + words[1:]


def holidays_in_words(usual: UsualHours) -> str:
    """What a place does on bank holidays: "closed"; empty where nobody said."""
    ticked = [row for row in usual.rows if row.on_bank_holidays]
    if ticked:
        return " and ".join(f"{_state(row)}{_after_comma(_part_in_words(row))}" for row in ticked)
    return _HOLIDAYS[usual.bank_holidays]


def day_of_year(day: tuple[int, int]) -> str:
    """A day without its year: "1 November"."""
    return f"{day[1]} {MONTH_NAMES[day[0] - 1]}"


def _part_in_words(row: Row) -> str:
    if row.first is not None and row.last is not None:
        return f"from {day_of_year(row.first)} to {day_of_year(row.last)}"
    return _PARTS.get(row.part, "")


def _pieces(rows: Sequence[Row]) -> list[str]:
    """Days with what holds on them, in the order of the week; days on which the same holds are told together."""
    told: dict[tuple[tuple[int, ...], int], list[Row]] = {}
    for row in rows:
        for day in row.days:
            told.setdefault((row.weeks, day), []).append(row)
    alike: dict[tuple[tuple[int, ...], str], list[int]] = {}
    for (weeks, day), said in sorted(told.items(), key=lambda item: (item[0][0], item[0][1])):
        alike.setdefault((weeks, _states(said)), []).append(day)
    pieces = [f"{_days(days, weeks)} {states}" for (weeks, states), days in alike.items()]
    return pieces + ["closed" for row in rows if not row.days and row.how is How.CLOSED]


def _states(rows: Iterable[Row]) -> str:
    """All that holds on a day: "10am to 12 noon and 2pm to 4pm"."""
    by_note: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: row.opens or time.min):
        by_note.setdefault(_note(row), []).append(_state(replace(row, note="", how=_unsaid(row.how))))
    return ", ".join(f"{' and '.join(times)}{_after_comma(note)}" for note, times in by_note.items())


def _unsaid(how: How) -> How:
    return How.OPEN if how is How.BY_APPOINTMENT else how


def _note(row: Row) -> str:
    if row.how is not How.BY_APPOINTMENT:
        return row.note
    return (
        row.note
        if BY_APPOINTMENT in row.note
        else " ".join(filter(None, [BY_APPOINTMENT, row.note and f"({row.note})"]))
    )


def _state(row: Row) -> str:
    if row.how is How.CLOSED:
        return "closed"
    if row.opens is None or row.closes is None:
        return f"all day and night{_after_comma(_note(row))}"
    return f"{say_times(row.opens, row.closes)}{_after_comma(_note(row))}"


def _after_comma(words: str) -> str:
    return f", {words}" if words else ""


def _days(days: Sequence[int], weeks: Sequence[int]) -> str:
    if weeks:
        ordinals = [_NTH[week] for week in sorted(weeks, key=lambda week: (week < 0, week))]
        return f"the {_listed(ordinals)} {_listed([WEEKDAYS[day] for day in days])} of the month"
    if tuple(days) == ALL_WEEK:
        return "every day"
    return _listed([words for first, last in stretches(days) for words in _stretch(first, last)])


def _stretch(first: int, last: int) -> list[str]:
    if last - first > 1:
        return [f"{WEEKDAYS[first]} to {WEEKDAYS[last]}"]
    return [f"{WEEKDAYS[day]}s" for day in range(first, last + 1)]


def _listed(words: Sequence[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
