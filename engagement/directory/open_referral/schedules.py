"""When a service takes place, as the schedules of the standard, which knows weeks and months but no exception.

So a rule is cut in two around a date that is off, and a date that moved has a schedule of its own for that one day. What
the standard cannot say (in term time, not on bank holidays, the days of a year) stands in the description.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from engagement.directory import recurrence
from engagement.directory.hours.opening import Exceptional
from engagement.directory.hours.rows import How, Part, Row
from engagement.directory.hours.school_year import Season
from engagement.directory.open_referral.identity import part_of
from engagement.directory.recurrence import CODES
from engagement.directory.sessions import Change, Rule, occurrences, parts_of
from portal.clock import say_whole_date

A_DAY, A_YEAR = timedelta(days=1), timedelta(days=366)
Record = dict[str, Any]
_EVERY_DAY = ",".join(CODES)
_SAID_IN_WORDS = {"BYSETPOS", "BYMONTH"}


def of_rule(number: UUID, rule: Rule | None, changes: Iterable[Change], today: date) -> list[Record]:
    """The schedules of one where and when; one without a time is words alone."""
    if rule is None:
        return [{"id": part_of(number, "schedule"), "description": recurrence.in_words(None)}]
    changed = sorted(
        (one for one in changes if one.on >= today and (one.is_cancelled or one.moved)), key=lambda c: c.on
    )
    usual = {**_by_rule(rule), "dtstart": _first_day(rule).isoformat(), "description": recurrence.in_words(rule)}
    last = rule.starts_on if not rule.recurrence else _until(rule)
    stretches = _around([one.on for one in changed], rule.starts_on, last)
    whole = [
        {
            "id": part_of(number, "schedule", first),
            **_valid(first, end),
            **usual,
            **_times(rule.starts_at, rule.ends_at),
        }
        for first, end in stretches
    ]
    return whole + [_moved(number, change) for change in changed if change.moved and not change.is_cancelled]


def is_over(rule: Rule | None, today: date) -> bool:
    """Whether a rule has no day left."""
    if rule is None:
        return False
    last = rule.starts_on if not rule.recurrence else _until(rule)
    return last is not None and last < today


def of_hours(
    number: UUID, rows: Sequence[Row] | None, said: Iterable[Exceptional], words: str, today: date
) -> list[Record]:
    """The schedules of a place: one for each row of its hours, in words alone where no rows make them.

    Days that are not as usual lie between the stretches of the rows; open at other times, they have one of their own.
    """
    away = sorted((one for one in said if one.last >= today), key=lambda one: one.first)
    if not rows or any(row.how is How.CLOSED for row in rows):
        usual: list[Record] = [{"description": words}]
    else:
        usual = [{**_by_row(row), "description": words} for row in rows]
    off = [one.first + n * A_DAY for one in away for n in range((one.last - one.first).days + 1)]
    stretches = list(_around(sorted(set(off)), None, None))
    made = [
        {"id": part_of(number, "hours", position, first or ""), **_valid(first, last), **row}
        for position, row in enumerate(usual)
        for first, last in stretches
    ]
    return made + [_other_hours(number, one) for one in away if one.opens and one.closes]


def alerts(changes: Iterable[tuple[str, Change]], said: Iterable[Exceptional], today: date) -> str:
    """What is not as usual from today on, in words."""
    told = [_alert(name, change) for name, change in sorted(changes, key=lambda one: one[1].on) if change.on >= today]
    told += [_closed(one) for one in sorted(said, key=lambda one: one.first) if one.last >= today]
    return " ".join(told)


def _around(off: Sequence[date], first: date | None, last: date | None) -> Iterator[tuple[date | None, date | None]]:
    """The stretches of days from `first` to `last` that lie between the days that are off."""
    start = first
    for day in off:
        if start is None or start < day:
            yield start, day - A_DAY
        start = day + A_DAY
    if last is None or start is None or start <= last:
        yield start, last


def _valid(first: date | None, last: date | None) -> Record:
    told: Record = {}
    if first:
        told["valid_from"] = first.isoformat()
    if last:
        told["valid_to"] = last.isoformat()
    return told


def _by_rule(rule: Rule) -> Record:
    """A rule in the standard's own words, or nothing where it has none for it."""
    if not rule.recurrence:
        return {}
    parts = parts_of(rule.recurrence)
    interval = int(parts.get("INTERVAL", "1"))
    if parts["FREQ"] == "DAILY" and interval == 1 and "BYMONTHDAY" not in parts:
        parts["FREQ"], parts["BYDAY"] = "WEEKLY", parts.get("BYDAY", _EVERY_DAY)
    if parts["FREQ"] not in {"WEEKLY", "MONTHLY"} or parts.keys() & _SAID_IN_WORDS:
        return {}
    told: Record = {"freq": parts["FREQ"], "interval": interval}
    if "BYDAY" in parts:
        told["byday"] = parts["BYDAY"]
    elif parts["FREQ"] == "WEEKLY":
        told["byday"] = CODES[rule.starts_on.weekday()]
    if "BYMONTHDAY" in parts:
        told["bymonthday"] = parts["BYMONTHDAY"]
    return told


def _by_row(row: Row) -> Record:
    days = [CODES[day] for day in row.days] or list(CODES)
    told: Record = {"freq": "WEEKLY", "interval": 1, "byday": ",".join(days)}
    if row.weeks:
        by_week = ",".join(f"{week}{day}" for week in row.weeks for day in days)
        told = {"freq": "MONTHLY", "interval": 1, "byday": by_week}
    if row.part is not Part.ALL_YEAR:
        told = {}
    if row.how is How.ALL_DAY:
        return told | {"opens_at": "00:00", "closes_at": "23:59"}
    told |= {"opens_at": f"{row.opens:%H:%M}"} if row.opens else {}
    told |= {"closes_at": f"{row.closes:%H:%M}"} if row.closes else {}
    return told | (
        {"notes": "By appointment."} if row.how is How.BY_APPOINTMENT else {"notes": row.note} if row.note else {}
    )


def _moved(number: UUID, change: Change) -> Record:
    move = change.moved
    assert move is not None
    place = f" at {move.place}" if move.place else ""
    return {
        "id": part_of(number, "moved", change.on.isoformat()),
        **_valid(move.on, move.on),
        "dtstart": move.on.isoformat(),
        "description": f"Moved from {say_whole_date(change.on)}{place}.",
        **({"notes": change.reason} if change.reason else {}),
        **_times(move.starts_at, move.ends_at),
    }


def _other_hours(number: UUID, said: Exceptional) -> Record:
    assert said.opens is not None
    return {
        "id": part_of(number, "instead", said.first.isoformat(), said.last.isoformat()),
        **_valid(said.first, said.last),
        "dtstart": said.first.isoformat(),
        "freq": "WEEKLY",
        "interval": 1,
        "byday": _EVERY_DAY,
        "description": f"Not as usual{f': {said.reason}' if said.reason else '.'}",
        **_times(said.opens, said.closes),
    }


def _times(opens: time, closes: time | None) -> Record:
    """The times by London's clocks. The standard wants their distance from UTC, which changes twice a year: it is left out."""
    told = {"opens_at": f"{opens:%H:%M}"}
    return told | {"closes_at": f"{closes:%H:%M}"} if closes else told


def _first_day(rule: Rule) -> date:
    """The first day on which a rule falls, from which every other week is counted too."""
    whole_year = replace(rule, season=Season.ALL_YEAR, skips_bank_holidays=False)
    found = occurrences(whole_year, first=rule.starts_on, last=rule.starts_on + A_YEAR)
    return found[0] if found else rule.starts_on


def _until(rule: Rule) -> date | None:
    parts = parts_of(rule.recurrence)
    typed = parts.get("UNTIL")
    return date(int(typed[:4]), int(typed[4:6]), int(typed[6:])) if typed else None


def _alert(name: str, change: Change) -> str:
    why = f": {change.reason}" if change.reason else ""
    if change.is_cancelled:
        return f"{name}: not on {say_whole_date(change.on)}{why}."
    if change.moved:
        place = f" at {change.moved.place}" if change.moved.place else ""
        return f"{name}: {say_whole_date(change.on)} is moved to {say_whole_date(change.moved.on)}{place}{why}."
    return f"{name}, {say_whole_date(change.on)}{why}."


def _closed(said: Exceptional) -> str:
    days = say_whole_date(said.first)
    if said.last != said.first:
        days = f"{days} to {say_whole_date(said.last)}"
    why = f": {said.reason}" if said.reason else ""
    return f"{'Closed' if said.is_closed else 'Open at other times'} {days}{why}."
