"""By when somebody must have heard from us, and when we try again: office hours, weekends and bank holidays."""

from collections.abc import Container
from datetime import date, datetime, time, timedelta

from portal.clock import BANK_HOLIDAYS, LONDON, is_working_day

OPENS = time(9)
SHUTS = time(17)
WORKING_DAY = timedelta(hours=8)
A_YEAR = timedelta(days=366)


def no_day_to_try(day: date, *, today: date) -> str:
    """Why nobody can be tried again on this day; empty where they can. Further off than a year is a slip or a way to forget."""
    if day < today:
        return "The next try must be today or later."
    return "The next try must be within a year." if day > today + A_YEAR else ""


def due_at(received_at: datetime, *, working_days: int, closed: Container[date] = BANK_HOLIDAYS) -> datetime:
    """The end of so many working days (9am to 5pm, Monday to Friday, by the clock here) after a moment.

    Clocks go forward and back at night, outside office hours, so a day of work is always eight hours.
    """
    here = received_at.astimezone(LONDON).replace(tzinfo=None)
    left = working_days * WORKING_DAY
    day = here.date()
    while True:
        if is_working_day(day, closed=closed):
            start = max(here, datetime.combine(day, OPENS))
            end = datetime.combine(day, SHUTS)
            if start < end:
                if left <= end - start:
                    return (start + left).replace(tzinfo=LONDON)
                left -= end - start
        day += timedelta(days=1)
