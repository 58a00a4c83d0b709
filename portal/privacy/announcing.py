"""A warning first: what will go soon is announced some days before, row by row, and nothing unannounced goes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction

from portal.audit.record import record
from portal.privacy.models import Announcement
from portal.privacy.periods import Period, periods
from portal.privacy.rows import Rows


@dataclass(frozen=True)
class Soon:
    """One row that goes soon: what staff call it, and the day from which on it may go."""

    period: Period
    row: Any
    reference: str
    goes_at: datetime


def warning() -> timedelta:
    """How long before it goes somebody is told."""
    return timedelta(days=settings.PURGE_WARNING_DAYS)


def warned_periods() -> Iterator[tuple[Period, Rows]]:
    return ((period, period.things) for period in periods() if period.is_warned)


@transaction.atomic
def announce(*, now: datetime, is_somebody_told: bool) -> dict[str, int]:
    """Write down what will be over within the days of the warning; how many are new, by the name of the period.

    Where nobody can be told nothing is announced, and so nothing goes. What is held, or in use again, is announced no more:
    if it ever comes up again there is a new warning.
    """
    new: dict[str, int] = {}
    for period, rows in warned_periods():
        over = {str(pk) for pk in rows.over(period.cutoff(now + warning())).values_list("pk", flat=True)}
        said = set(Announcement.objects.of(period.name).values_list("subject_id", flat=True))
        Announcement.objects.of(period.name).filter(subject_id__in=said - over).delete()
        fresh = sorted(over - said) if is_somebody_told else []
        Announcement.objects.bulk_create(
            [Announcement(period=period.name, subject_id=number, announced_at=now) for number in fresh],
            batch_size=500,
        )
        if fresh:
            new[period.name] = len(fresh)
            record(action="privacy.announce", by=None, period=period.name, rows=len(fresh))
    return new


def announced_in_time(period: Period, rows: models.QuerySet[Any], now: datetime) -> models.QuerySet[Any]:
    """Those of these rows that were announced long enough ago."""
    said = Announcement.objects.of(period.name).said_by(now - warning())
    return rows.filter(pk__in=list(said.values_list("subject_id", flat=True)))


def what_goes_soon(now: datetime, said: Sequence[Announcement] | None = None) -> list[Soon]:
    """Of these announcements, or of all, what is neither held nor gone; what goes first before all."""
    announced = list(Announcement.objects.soonest_first()) if said is None else said
    found = {}
    for period, rows in warned_periods():
        numbers = [one.subject_id for one in announced if one.period == period.name]
        for row in rows.over(period.cutoff(now + warning())).filter(pk__in=numbers) if numbers else ():
            found[period.name, str(row.pk)] = period, row, rows.refer(row)
    there = ((found.get((one.period, one.subject_id)), one.announced_at + warning()) for one in announced)
    return [Soon(*it, goes_at) for it, goes_at in there if it]


def how_many_go_soon(now: datetime) -> dict[str, int]:
    """How many there are of each kind, in words, where there are any."""
    numbers = {
        period.title: announced_in_time(period, rows.over(period.cutoff(now + warning())), now + warning()).count()
        for period, rows in warned_periods()
    }
    return {title: number for title, number in numbers.items() if number}
