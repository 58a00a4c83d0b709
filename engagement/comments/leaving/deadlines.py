"""By when an author can expect somebody to have read their comment."""

from datetime import date, timedelta

from portal.clock import is_working_day

# One part-time person reads; a long weekend must not break the promise.
WORKING_DAYS_TO_READ = 3


def read_by(sent_on: date) -> date:
    """The third working day after it was sent."""
    day, left = sent_on, WORKING_DAYS_TO_READ
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return day
