"""Usual hours as the opening-hours library evaluates them, read once each, and where it has to be put right."""

import re
from datetime import datetime, timedelta
from functools import lru_cache

from opening_hours import OpeningHours, State

from engagement.directory.hours.holiday_dates import with_dates
from engagement.directory.hours.school_year import SchoolYear

_TIMES = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")


@lru_cache(maxsize=16_384)
def parsed(value: str, year: int, schools: SchoolYear) -> OpeningHours:
    """Hours with the holidays of a year and the next; raises ParserError or UnreadHolidayRule."""
    return OpeningHours(with_dates(value, year, schools))


def after_a_night_that_was_not(value: str, midnight: datetime, schools: SchoolYear) -> datetime:
    """When a stretch that seems to begin at midnight really begins.

    The library opens it as the end of an evening that a later rule closed: "Fr 22:00-02:00; PH off" after a Good Friday.
    """
    by_day = _TIMES.sub(_to_midnight, value)
    if by_day == value:
        return midnight
    days = parsed(by_day, midnight.year, schools)
    if not days.is_closed(midnight) or not days.is_closed(midnight - timedelta(minutes=1)):
        return midnight
    # Bounded: asked for its next change, the library looks as far as the year 9999.
    ahead = days.intervals(midnight, midnight + timedelta(days=1))
    return next((starts for starts, _, state, _ in ahead if state != State.CLOSED), datetime.max)


def _to_midnight(times: re.Match[str]) -> str:
    return f"{times[1]}-24:00" if times[2] <= times[1] or times[2] > "24:00" else times[0]
