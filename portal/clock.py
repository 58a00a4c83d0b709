"""Times and days as they are kept (Europe/London) and as they are said."""

from collections.abc import Container
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays
from django.utils import timezone

LONDON = ZoneInfo("Europe/London")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
BANK_HOLIDAYS: Container[date] = holidays.country_holidays("GB", subdiv="ENG")


def now() -> datetime:
    """The moment, in London; views ask here and hand it on, so that every rule below takes it as an argument."""
    return timezone.now().astimezone(LONDON)


def at(day: date, hour: time) -> datetime:
    """The moment when London's clocks show `hour` on `day`.

    An hour that a clock change skips is the hour after it, as a person with a watch would turn up.
    """
    return datetime.combine(day, hour, tzinfo=LONDON).astimezone(UTC).astimezone(LONDON)


def say_time(hour: time | datetime) -> str:
    """A time as people say it: "4pm", "11:30am", "12 noon", "12 midnight"."""
    if hour.minute == 0 and hour.hour in {0, 12}:
        return "12 noon" if hour.hour else "12 midnight"
    minutes = f":{hour.minute:02}" if hour.minute else ""
    return f"{hour.hour % 12 or 12}{minutes}{'am' if hour.hour < 12 else 'pm'}"


def say_times(starts: time | datetime, ends: time | datetime | None) -> str:
    """From when to when: "11:30am to 1:30pm", or "from 11:30am" where nobody said when it ends."""
    return f"{say_time(starts)} to {say_time(ends)}" if ends else f"from {say_time(starts)}"


def say_day(day: date, today: date) -> str:
    """A day as people say it: "today", "tomorrow", else "Wednesday 25 November"; with its year when that is far off."""
    if day == today:
        return "today"
    if day == today + timedelta(days=1):
        return "tomorrow"
    return say_date(day) if abs((day - today).days) < 300 else f"{say_date(day)} {day.year}"


def say_date(day: date) -> str:
    """A day by its name: "Wednesday 25 November"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {day:%B}"


def say_moment(moment: datetime) -> str:
    """A moment by London's clock, to look at later: "5 April 2026, 14:05"."""
    here = moment.astimezone(LONDON)
    return f"{say_whole_date(here)}, {here:%H:%M}"


def say_whole_date(day: date) -> str:
    """A day with its year: "5 April 2026"; a moment by the day that it is in London."""
    here = day.astimezone(LONDON) if isinstance(day, datetime) else day
    return f"{here.day} {here:%B %Y}"


def is_working_day(day: date, *, closed: Container[date] = BANK_HOLIDAYS) -> bool:
    """Monday to Friday, and no bank holiday in England."""
    return day.weekday() < 5 and day not in closed
