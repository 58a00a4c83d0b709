"""Work for the worker: how a task is declared, handed over, and done again and again."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django_tasks import task
from django_tasks.base import Task

from portal.clock import LONDON, at

__all__ = ["REGULAR", "RegularWork", "enqueue_on_commit", "regularly", "task"]


def enqueue_on_commit(work: Task[..., Any], **arguments: Any) -> None:
    """Hand work to the worker when the caller's transaction commits, or not at all.

    The queue is a table in the same database, so the row is written in the caller's own transaction: a crash can
    neither lose the work of a committed change nor do the work of one that was rolled back.
    """
    work.enqueue(**arguments)


@dataclass(frozen=True, kw_only=True)
class RegularWork:
    """A task that comes again: at an hour of London's clocks, every day or on one weekday, or whenever some time has passed.

    Weekdays count from Monday, which is 0.
    """

    name: str
    work: Task[..., Any]
    daily_at: time | None = None
    weekday: int | None = None
    every: timedelta | None = None

    def next_after(self, moment: datetime) -> datetime:
        """The first time after this moment at which it is due; what was missed is done once, not once for each time."""
        if self.every is not None:
            return moment + self.every
        here = moment.astimezone(LONDON)
        hour = self.daily_at or time(0)
        days = (at(here.date() + timedelta(days=ahead), hour) for ahead in range(9))
        return next(day for day in days if day > moment and self.weekday in {None, day.weekday()})


REGULAR: dict[str, RegularWork] = {}


def regularly(
    work: Task[..., Any],
    *,
    name: str,
    daily_at: time | None = None,
    weekday: int | None = None,
    every: timedelta | None = None,
) -> Task[..., Any]:
    """Have the worker do this task again and again: `daily_at` an hour, on one `weekday` where it says so (Monday is 0),
    or `every` so often; it takes no arguments."""
    if (daily_at is None) == (every is None):
        raise ValueError(f"{name}: say either daily_at or every.")
    REGULAR[name] = RegularWork(name=name, work=work, daily_at=daily_at, weekday=weekday, every=every)
    return work
