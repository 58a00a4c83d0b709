"""A warning first: what will go soon is announced some days before, row by row, and nothing unannounced goes."""

from collections.abc import Iterator
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


def what_goes_soon(now: datetime, only: str = "") -> list[Soon]:
    """Everything that was announced and is neither held nor gone, what goes first before all."""
    found = []
    for period, rows in warned_periods():
        if only and period.name != only:
            continue
        said = dict(Announcement.objects.of(period.name).values_list("subject_id", "announced_at"))
        for row in rows.over(period.cutoff(now + warning())).filter(pk__in=list(said)):
            found.append(Soon(period, row, rows.refer(row), said[str(row.pk)] + warning()))
    return sorted(found, key=lambda soon: (soon.goes_at, soon.period.name, soon.reference))
