"""Wrapping every key of this room anew under the newest of our keys; what was sealed stays as it is.

It keeps no state of its own: what is wrapped by the newest key is done, so it goes on from wherever it was broken off.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from uuid import UUID

from django.db import transaction

from portal.audit.record import record
from selfreferral import vault
from selfreferral.models import Canary, Referral, Survey
from selfreferral.models.sealing import place
from selfreferral.readiness import check_open
from selfreferral.reading.answers import opened_answers

SAMPLE = 10
Wrapped = tuple[UUID, bytes | memoryview]


@dataclass
class Rotated:
    """How many were wrapped anew, how many were already, and the references of those that no key of ours opens."""

    anew: int = 0
    already: int = 0
    closed: list[str] = field(default_factory=list)

    @property
    def seen(self) -> int:
        return self.anew + self.already + len(self.closed)


def rotate(*, batch: int, tell: Callable[[Rotated, int], None]) -> Rotated:
    """Wrap every key anew, a batch in each transaction, and `tell` after each how far it is.

    Raises vault.VaultIsShut or vault.CannotOpen before anything is changed where the keys are not right.
    """
    check_open()
    try_sample()
    done, total = Rotated(), Referral.objects.with_keys().count() + Survey.objects.count()
    for rows in _batches(batch):
        _wrap_anew(rows, done)
        tell(done, total)
    _wrap_surveys_anew(done)
    _wrap_canary_anew()
    try_sample()
    with transaction.atomic():
        record(action="selfreferral.rotate_keys", by=None, anew=done.anew, closed=len(done.closed))
    return done


def left_behind() -> int:
    """How many still need an older key."""
    referrals = Referral.objects.with_keys().values_list("wrapped_key", flat=True)
    surveys = Survey.objects.values_list("wrapped_key", flat=True)
    return sum(not vault.is_of_newest(wrapped) for wrapped in chain(referrals.iterator(), surveys))


def try_sample() -> None:
    """Open some of the oldest and of the newest, words and all; nothing of it goes anywhere. Raises vault.CannotOpen."""
    kept = Referral.objects.with_keys().prefetch_related("answers")
    for referral in (*kept.order_by("received_at")[:SAMPLE], *kept.order_by("-received_at")[:SAMPLE]):
        opened_answers(referral, referral.strongbox())


def _batches(size: int) -> Iterator[list[Wrapped]]:
    """All rows by number, so many at a time; those that come while it runs are under the newest key already."""
    last: UUID | None = None
    while True:
        found = Referral.objects.with_keys().order_by("pk")
        rows = list((found.filter(pk__gt=last) if last else found).values_list("pk", "wrapped_key")[:size])
        if not rows:
            return
        yield rows
        last = rows[-1][0]


@transaction.atomic
def _wrap_anew(rows: list[Wrapped], done: Rotated) -> None:
    for pk, wrapped in rows:
        try:
            fresh = vault.rewrapped(wrapped, place=place(Referral(pk=pk)))
        except vault.CannotOpen:
            done.closed.append(Referral.objects.values_list("reference", flat=True).get(pk=pk))
            continue
        if fresh is None:
            done.already += 1
            continue
        # Only over what was read: a key that was destroyed meanwhile stays destroyed. No other column is touched.
        done.anew += Referral.objects.filter(pk=pk, wrapped_key=wrapped).update(wrapped_key=fresh)


@transaction.atomic
def _wrap_surveys_anew(done: Rotated) -> None:
    """The rounds in which people were asked about our help: a few a year."""
    for survey in Survey.objects.all():
        try:
            fresh = vault.rewrapped(survey.wrapped_key, place=place(survey))
        except vault.CannotOpen:
            done.closed.append(str(survey))
            continue
        if fresh is None:
            done.already += 1
            continue
        done.anew += Survey.objects.filter(pk=survey.pk).update(wrapped_key=fresh)


def _wrap_canary_anew() -> None:
    canary = Canary.objects.get()
    fresh = vault.rewrapped(canary.wrapped_key, place=place(canary))
    if fresh is not None:
        Canary.objects.filter(pk=canary.pk).update(wrapped_key=fresh)
