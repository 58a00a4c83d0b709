"""When a sending may be planned for: an hour of London's clocks that comes once, soon, and not in the past."""

from datetime import date, datetime, time, timedelta

from portal.clock import LONDON, at, say_date, say_time

AT_MOST_AHEAD = timedelta(days=60)


class NoSuchMoment(ValueError):
    """A sending cannot be planned for this day and hour; the words say why and what to do."""


def moment_of(day: date, hour: time, *, now: datetime) -> datetime:
    """The moment at which London's clocks show this hour on this day.

    Refused when it has gone by or is more than 60 days ahead, and when the clocks skip that hour (March) or show it twice
    (October): nobody can mean either.
    """
    first, second = (datetime.combine(day, hour.replace(fold=fold), tzinfo=LONDON) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        forward = (first.utcoffset() or timedelta()) < (second.utcoffset() or timedelta())
        told = "go forward, and {} does not come" if forward else "go back, and {} comes twice"
        raise NoSuchMoment(f"On {say_date(day)} the clocks {told.format(say_time(hour))}. Choose another hour.")
    return moment_of_plan(at(day, hour), now=now)


def moment_of_plan(moment: datetime, *, now: datetime) -> datetime:
    """The moment itself, where something can be planned for it."""
    if moment <= now:
        raise NoSuchMoment("That has gone by. Choose a time to come, or send it now.")
    if moment - now > AT_MOST_AHEAD:
        raise NoSuchMoment(f"That is too far ahead. Choose a day in the next {AT_MOST_AHEAD.days} days.")
    return moment
