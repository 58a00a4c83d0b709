"""Counts what limits and traps hold back, so that staff can see it: the name of the limit and a number, nothing else."""

import logging

from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.emails.models import HeldBack

log = logging.getLogger(__name__)
# Each of the first is written down; under a flood only every so many, or counting would be the heavier work.
EXACT_UNTIL, STEP = 20, 25
A_DAY = 24 * 60 * 60


def notice(name: str) -> None:
    """One more was held back by this limit. It never fails: whoever is refused hears that and nothing else."""
    day = timezone.localdate()
    key = f"held:{name}:{day.isoformat()}"
    cache.add(key, 0, timeout=A_DAY)
    try:
        count = int(cache.incr(key))
    except ValueError:
        count = 1
    if count > EXACT_UNTIL and (count - EXACT_UNTIL) % STEP:
        return
    try:
        with transaction.atomic():
            row, _ = HeldBack.objects.get_or_create(day=day, name=name)
            more = 1 if count <= EXACT_UNTIL else STEP
            HeldBack.objects.filter(pk=row.pk).update(times=F("times") + more)
    except Exception as error:
        # A database that is stuck, above all: the page that refuses somebody must not fail because of a count.
        log.warning("What %s held back was not counted: %s", name, type(error).__name__)
