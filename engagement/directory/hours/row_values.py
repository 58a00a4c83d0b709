"""An OSM value as the rows that would make it, or none: a value is never shown as rows that mean something else."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from engagement.directory.hours.holiday_dates import rules_of, says_about_bank_holidays
from engagement.directory.hours.opening import UNREADABLE, Hours, Span, spans
from engagement.directory.hours.rows import (
    ALL_WEEK,
    BY_APPOINTMENT,
    CODES,
    MIDNIGHT,
    MONTHS,
    BankHolidays,
    How,
    Part,
    Row,
    UsualHours,
    problems,
    to_value,
)
from engagement.directory.hours.school_year import SchoolYear

_DAY = f"(?:{'|'.join(CODES)})"
_MONTH = f"(?:{'|'.join(MONTHS)})"
_DATE = rf"{_MONTH}(?: \d\d?)?"
_TIMES = r"\d\d:\d\d-\d\d:\d\d"
_SELECTED = rf"(?:{_DAY}(?:-{_DAY})?(?:\[[-\d,]+\])?|PH)"
_RULE = re.compile(
    rf"(?:(?P<school>SH)|(?P<first>{_DATE})(?:-(?P<last>{_DATE}))?)?\s*"
    rf"(?P<days>{_SELECTED}(?:\s*,\s*{_SELECTED})*)?\s*(?P<times>{_TIMES}(?:\s*,\s*{_TIMES})*)?\s*"
    r'(?P<state>open|unknown|off|closed)?\s*(?:"(?P<note>[^"]*)")?'
)
_A_DAY = re.compile(rf"(?P<first>{_DAY})(?:-(?P<last>{_DAY}))?(?:\[(?P<weeks>[-\d,]+)\])?")
_IN_TERM = re.compile(r"term[ -]?time( only)?", re.IGNORECASE)
_LAST_OF = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Two years with a school year of ours, over which a value and its rows must mean the same.
_FROM, _TO = datetime(2027, 1, 1), datetime(2028, 12, 31)
_SCHOOLS = SchoolYear(
    tuple(
        (date(year, month, day), date(year, month, day) + timedelta(days=days))
        for year in (2027, 2028)
        for month, day, days in ((2, 13, 8), (4, 2, 16), (5, 27, 8), (7, 21, 42), (10, 23, 8), (12, 18, 16))
    )
)


class _NotRows(ValueError):
    """No row says this."""


@lru_cache(maxsize=2_048)
def from_value(value: str) -> UsualHours | None:
    """The rows that mean what a value means; None for a value that no rows make. No value is no rows."""
    if not value:
        return UsualHours()
    if value == "24/7":
        return UsualHours((Row(days=ALL_WEEK, how=How.ALL_DAY),), BankHolidays.AS_USUAL)
    try:
        usual = _read(value)
        made = to_value(usual)
        if problems(usual) or not usual.rows or (made != value and _meaning(made) != _meaning(value)):
            return None
    except (*UNREADABLE, _NotRows):
        return None
    return usual


def in_term_where_noted(usual: UsualHours) -> UsualHours:
    """With “term time only” as part of the year, where a reading of a venue's words left it as a note."""
    rows = (replace(row, part=Part.TERM_TIME, note="") if _is_term_note(row) else row for row in usual.rows)
    return replace(usual, rows=tuple(rows))


def _is_term_note(row: Row) -> bool:
    return row.part is Part.ALL_YEAR and row.how is How.OPEN and bool(_IN_TERM.fullmatch(row.note))


def _meaning(value: str) -> tuple[list[Span], bool]:
    return list(spans(Hours(value, schools=_SCHOOLS), _FROM, _TO)), says_about_bank_holidays(value)


def _read(value: str) -> UsualHours:
    rows: list[Row] = []
    bank_holidays = BankHolidays.NOT_SAID
    for number, (_, rule) in enumerate(rules_of(value)):
        if re.fullmatch(r"PH (off|closed)", rule):
            bank_holidays = BankHolidays.CLOSED if number else BankHolidays.AS_USUAL
        elif re.fullmatch(r"SH (off|closed)", rule):
            rows = [_in_term(row) for row in rows]
        else:
            rows += _rows_of(rule)
    if any(row.on_bank_holidays for row in rows):
        bank_holidays = BankHolidays.BY_ROWS
    return UsualHours(tuple(_merged(rows)), bank_holidays)


def _in_term(row: Row) -> Row:
    if row.part is not Part.ALL_YEAR or row.on_bank_holidays or row.how is How.CLOSED:
        raise _NotRows
    return replace(row, part=Part.TERM_TIME)


def _rows_of(rule: str) -> Iterator[Row]:
    found = _RULE.fullmatch(rule)
    if found is None:
        raise _NotRows
    plain = _state(found["state"] or "open", found["note"] or "", found["times"] or "")
    part = _part(found)
    whole = replace(plain, **part)
    days = _days(found["days"] or "")
    if not days and whole.how is not How.CLOSED:
        days = {(): (list(ALL_WEEK), False)}
    if not days:
        yield whole
        return
    for weeks, (numbers, is_holiday) in days.items():
        row = replace(whole, days=tuple(sorted(set(numbers))), on_bank_holidays=is_holiday, weeks=weeks)
        if row.how in {How.CLOSED, How.ALL_DAY}:
            yield row
            continue
        for times in re.split(r"\s*,\s*", found["times"]):
            opens, closes = times.split("-")
            yield replace(row, opens=_time(opens), closes=_time(closes))


def _state(state: str, note: str, times: str) -> Row:
    if state in {"off", "closed"}:
        if times or note:
            raise _NotRows
        return Row(how=How.CLOSED)
    if state == "unknown":
        if not times:
            raise _NotRows
        return Row(how=How.BY_APPOINTMENT, note="" if note == BY_APPOINTMENT else note)
    if not times:
        raise _NotRows
    return Row(how=How.ALL_DAY if times == "00:00-24:00" else How.OPEN, note=note)


def _part(found: re.Match[str]) -> dict[str, Any]:
    if found["school"]:
        return {"part": Part.SCHOOL_HOLIDAYS}
    if not found["first"]:
        return {}
    first, last = found["first"].split(), (found["last"] or found["first"]).split()
    month, last_month = MONTHS.index(first[0]) + 1, MONTHS.index(last[0]) + 1
    return {
        "part": Part.DATES,
        "first": (month, int(first[1]) if len(first) > 1 else 1),
        "last": (last_month, int(last[1]) if len(last) > 1 else _LAST_OF[last_month - 1]),
    }


def _days(words: str) -> dict[tuple[int, ...], tuple[list[int], bool]]:
    """Days of the week by the weeks of the month in which they count, and whether bank holidays go with them."""
    days: dict[tuple[int, ...], tuple[list[int], bool]] = {}
    for word in re.findall(_SELECTED, words):
        if word == "PH":
            numbers, _ = days.setdefault((), ([], True))
            days[()] = (numbers, True)
            continue
        found = _A_DAY.fullmatch(word)
        assert found is not None
        first, last = CODES.index(found["first"]), CODES.index(found["last"] or found["first"])
        weeks = tuple(int(week) for week in (found["weeks"] or "").split(",") if week)
        if not set(weeks) <= {1, 2, 3, 4, -1}:
            raise _NotRows
        numbers, _ = days.setdefault(weeks, ([], False))
        numbers += [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    return days


def _time(words: str) -> time:
    hour, minute = int(words[:2]), int(words[3:])
    if hour > 48 or minute > 59:
        raise _NotRows
    return MIDNIGHT if (hour, minute) == (24, 0) else time(hour % 24, minute)


def _merged(rows: list[Row]) -> list[Row]:
    """Rows that differ only in their days as one, in the order in which each first comes."""
    found: dict[Row, Row] = {}
    for row in rows:
        key = replace(row, days=(), on_bank_holidays=False)
        held = found.get(key, key)
        days = tuple(sorted({*held.days, *row.days}))
        found[key] = replace(held, days=days, on_bank_holidays=held.on_bank_holidays or row.on_bank_holidays)
    return list(found.values())
