"""The sheet for the notice board: a week of a village or of one venue, on paper."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from engagement.directory.hours.holiday_dates import bank_holiday
from engagement.directory.hours.opening import DayHours, coming_days
from engagement.directory.hours.school_year import SchoolYear
from engagement.directory.models import Activity, ComingSession, Venue
from engagement.directory.models.activity import ActivityQuerySet
from engagement.directory.models.coming import ComingSessionQuerySet
from portal.clock import WEEKDAYS, at, say_date, say_times

A_DAY = timedelta(days=1)
WEEK = 7
SIZES = ("", "large")
LARGE = 18.0
# The sheet takes the largest of these with which it fits on one page, to be read from further off.
SMALL = (15.0, 14.0, 13.0, 12.0, 11.5, 11.0, 10.5)
MOST_TO_ASK = 12
Values = dict[str, Any]


@dataclass(frozen=True)
class Week:
    """Seven days to print, and the day on which they are printed."""

    first: date
    printed_on: date

    @property
    def days(self) -> list[date]:
        return [self.first + n * A_DAY for n in range(WEEK)]

    @property
    def in_words(self) -> str:
        last = self.first + (WEEK - 1) * A_DAY
        return f"{say_date(self.first)} to {say_date(last)} {last.year}"


@dataclass(frozen=True)
class _Line:
    """One line under a day; `said` tells in words what is off or moved."""

    day: date
    venue_id: int
    starts: time
    times: str
    what: str
    where: str
    cost: str
    phone: str
    is_off: bool = False
    said: str = ""

    @property
    def values(self) -> Values:
        named = ("times", "what", "where", "cost", "phone", "is_off", "said")
        return {name: getattr(self, name) for name in named}


def the_week(now: datetime, *, is_next: bool) -> Week:
    """Today and six more days; or the next Monday to Sunday, to hang up before it begins."""
    today = now.date()
    return Week(today + (7 - today.weekday()) * A_DAY if is_next else today, today)


def sheet_values(
    *,
    title: str,
    week: Week,
    size: str,
    coming: ComingSessionQuerySet,
    places: Iterable[Venue],
    to_ask: ActivityQuerySet,
    schools: SchoolYear,
    days_in_full: bool,
) -> Values:
    """What the paper says of some sessions, with a moved one both on its old day, struck out, and on its new one.

    Places need `with_exceptions`.
    """
    end = at(week.first + WEEK * A_DAY, time.min)
    begins = at(week.first, time.min)
    lines = [line for one in coming.not_over(begins).soonest_first() for line in _lines(one, week)]
    # A session may be moved out of this week, and stands on no day of it any more.
    in_week = sorted((line for line in lines if week.first <= line.day < end.date()), key=lambda line: line.starts)
    by_day = {day: [line for line in in_week if line.day == day] for day in week.days}
    return {
        "title": title,
        "week": week.in_words,
        "printed_on": f"{say_date(week.printed_on)} {week.printed_on.year}",
        "sizes": [LARGE] if size == "large" else list(SMALL),
        "is_large": size == "large",
        "days": [
            {"name": say_date(day), "holiday": bank_holiday(day), "lines": [line.values for line in some]}
            for day, some in by_day.items()
            if some or days_in_full
        ],
        "is_empty": not in_week,
        "to_ask": [_to_ask(one) for one in to_ask.with_places().by_name()[:MOST_TO_ASK]],
        "places": [
            {
                "name": venue.name,
                "where": venue.where,
                "phone": venue.phone,
                "hours": _hours_in_words(coming_days(venue.hours(schools), week.first)),
                "but": _off_there(venue, in_week),
            }
            for venue in places
        ],
    }


def _to_ask(activity: Activity) -> Values:
    """Something of which nobody knows when: where it is, and whom to ring."""
    phones = (activity.phone, *(venue.phone for venue in activity.venues))
    return {
        "what": activity.name,
        "where": activity.places_in_words,
        "phone": next(filter(None, phones), ""),
    }


def _off_there(venue: Venue, lines: Iterable[_Line]) -> str:
    """What is struck out at a place, beside its hours: "Not on: Bingo on Wednesday 25 November."."""
    off = [f"{line.what} on {say_date(line.day)}" for line in lines if line.is_off and line.venue_id == venue.pk]
    return f"Not on: {'; '.join(off)}." if off else ""


def _lines(coming: ComingSession, week: Week) -> list[_Line]:
    session, activity, schedule = coming.as_session, coming.schedule.activity, coming.schedule
    line = _Line(
        day=max(session.day, week.first),
        venue_id=coming.venue_id,
        starts=session.starts.time(),
        times=session.times,
        what=activity.name,
        where=coming.venue.name,
        cost=activity.cost,
        phone=activity.phone or coming.venue.phone,
        is_off=session.is_cancelled,
        said=": ".join(filter(None, ["Not on", session.reason]))
        if session.is_cancelled
        else session.change_in_words(week.first - A_DAY * 30),
    )
    if session.moved is None or schedule.starts_at is None or session.day == session.on:
        return [line]
    to = f"Moved to {say_date(session.day)}, {session.times}"
    was_at = schedule.venue.name
    said = f"{to}, at {coming.venue.name}" if coming.venue_id != schedule.venue_id else to
    times = say_times(schedule.starts_at, schedule.ends_at)
    old = replace(line, day=session.on, starts=schedule.starts_at, times=times, where=was_at, is_off=True, said=said)
    return [replace(old, venue_id=schedule.venue_id), line]


def _hours_in_words(days: list[DayHours]) -> str:
    if not days:
        return "Hours not known. Ring first."
    if not any(day.is_open or day.words != "closed" for day in days):
        return "Closed all these days."
    told = []
    for words, some in groupby(days, key=lambda day: day.words):
        names = [WEEKDAYS[day.day.weekday()] for day in some]
        if words == "closed":
            continue
        told.append(f"{names[0]} to {names[-1]} {words}" if len(names) > 1 else f"{names[0]} {words}")
    return "; ".join(told) + "."
