"""Says on which days an activity takes place: every one of them, in few words, for paper cannot be asked for more."""

from collections.abc import Hashable, Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TypeVar

from engagement.directory.sessions import Session
from portal.clock import WEEKDAYS, say_date

NAMED_IN_FULL = 3
# A run that is at least so long is told by its first and its last day.
SHORTEST_RUN = 3
A_DAY = timedelta(days=1)
Named = TypeVar("Named", bound=Hashable)


def sessions_in_words(coming: Sequence[Session]) -> str:
    """The days of one activity: "Wednesday 25 November and Wednesday 2 December, 11:30am to 1:30pm".

    Other hours, a session that was moved elsewhere and the days that are off follow in sentences of their own.
    """
    on = _together((_when(one), one.day) for one in coming if not one.is_cancelled)
    off = _together((f": {one.reason}" if one.reason else "", one.on) for one in coming if one.is_cancelled)
    told = [f"{days_in_words(days)}, {when}" for when, days in on.items()]
    told += [f"Not on {days_in_words(days)}{reason}" for reason, days in off.items()]
    return ". ".join(told)


def days_in_words(days: Iterable[date]) -> str:
    """All of some days: "Wednesdays 25 November, 2 and 9 December"; "Monday 23 to Friday 27 November" where it is shorter."""
    found = sorted(set(days))
    if len(found) <= NAMED_IN_FULL:
        return _and(list(map(say_date, found)))
    in_a_row = "; ".join(map(_run, _runs(found)))
    by_weekday = "; ".join(map(_weekly, _together((day.weekday(), day) for day in found).values()))
    return min(in_a_row, by_weekday, key=len)


def _when(session: Session) -> str:
    there = session.moved.place if session.moved else ""
    return f"{session.times}, at {there}" if there else session.times


def _together(told: Iterable[tuple[Named, date]]) -> dict[Named, list[date]]:
    """The days by what is said of them, in the order in which that is first said."""
    found: dict[Named, list[date]] = {}
    for named, day in told:
        found.setdefault(named, []).append(day)
    return found


def _runs(days: Sequence[date]) -> list[list[date]]:
    """The days as runs without a gap."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == A_DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _run(days: Sequence[date]) -> str:
    first, last = days[0], days[-1]
    if first == last:
        return say_date(first)
    begin = f"{WEEKDAYS[first.weekday()]} {first.day}" if _month(first) == _month(last) else say_date(first)
    return f"{begin} {'to' if len(days) >= SHORTEST_RUN else 'and'} {say_date(last)}"


def _weekly(days: Sequence[date]) -> str:
    """Days of one weekday: "Wednesdays 25 November, 2 and 9 December"."""
    if len(days) == 1:
        return say_date(days[0])
    months = [list(month) for _, month in groupby(days, key=_month)]
    told = [f"{_and([str(day.day) for day in month])} {month[0]:%B}" for month in months]
    return f"{WEEKDAYS[days[0].weekday()]}s {_and(told) if len(told) == len(days) else ', '.join(told)}"


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _and(said: Sequence[str]) -> str:
    return " and ".join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else said[0]
