"""The one place that reckons with periods: from which moment on something is over, and how a span is said. All of it pure."""

from datetime import datetime, timedelta

HALF_A_YEAR = range(181, 184)


def cutoff(setting: str, value: int, now: datetime) -> datetime:
    """What began before this moment is over; the setting's name ends in its unit, and years are years of the calendar."""
    if setting.endswith("_YEARS"):
        return _years_before(now, value)
    return now - timedelta(days=value)


def _years_before(moment: datetime, years: int) -> datetime:
    """The same day of an earlier year; the 28th where there is no 29 February."""
    day = 28 if (moment.month, moment.day) == (2, 29) else moment.day
    return moment.replace(year=moment.year - years, day=day)


def say_setting(setting: str, value: int) -> str:
    """How long it is in words: "90 days", "a year", "half a year", "6 years"."""
    if setting.endswith("_YEARS"):
        return _counted(value, "year")
    return say_span(timedelta(days=value))


def say_span(span: timedelta) -> str:
    """A span as people say it, in the largest whole unit: "half an hour", "an hour", "a day", "7 days", "2 years"."""
    if not span:
        return "no longer"
    minutes = int(span.total_seconds() // 60)
    if minutes == 30:
        return "half an hour"
    if minutes < 60:
        return _counted(minutes, "minute")
    if minutes % (24 * 60):
        return _counted(minutes // 60, "hour")
    if span.days in HALF_A_YEAR:
        return "half a year"
    if span.days and span.days % 365 == 0:
        return _counted(span.days // 365, "year")
    return _counted(span.days, "day")


def _counted(how_many: int, unit: str) -> str:
    if how_many == 1:
        return f"{'an' if unit == 'hour' else 'a'} {unit}"
    return f"{how_many} {unit}s"
