"""By when somebody who asks about themselves has to be answered.

As the Information Commissioner counts: from the day on which the request came, or on which we were sure who asks, to the
same date of the next month; to its last day where it has no such date; and to the next working day where that is none.
Days on which we waited to hear what they mean are added. Two months more where it is complex, told within the first.
"""

from calendar import monthrange
from collections.abc import Container
from datetime import date, timedelta

from portal.clock import BANK_HOLIDAYS, is_working_day

MONTHS, MONTHS_EXTENDED = 1, 3
SOON = timedelta(days=7)


def months_after(day: date, months: int) -> date:
    """The same date so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due_on(
    begins_on: date, *, is_extended: bool = False, paused_days: int = 0, closed: Container[date] = BANK_HOLIDAYS
) -> date:
    """The last day on which the answer is in time."""
    months = MONTHS_EXTENDED if is_extended else MONTHS
    day = months_after(begins_on, months) + timedelta(days=paused_days)
    while not is_working_day(day, closed=closed):
        day += timedelta(days=1)
    return day
