"""Counts stay, people do not: how many there were in a month, of what kind, once the rows themselves are gone."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.privacy.models import MonthlyCount


class Counted(NamedTuple):
    """Where one row counts."""

    month: date
    what: str
    kind: str = ""


def counted(moment: datetime, what: str, kind: str = "") -> Counted:
    """Where something of this moment counts: in its month, by London's calendar."""
    return Counted(timezone.localdate(moment).replace(day=1), what, kind)


@transaction.atomic
def keep_counts(found: Mapping[Counted, int]) -> None:
    """Add to the numbers of each month, in the caller's own transaction, so that a row is counted when it goes and once."""
    for (month, what, kind), number in sorted(found.items()):
        row, _ = MonthlyCount.objects.get_or_create(month=month, what=what, kind=kind)
        MonthlyCount.objects.filter(pk=row.pk).update(number=F("number") + number)
