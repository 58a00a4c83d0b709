"""Residents telling us that an entry is wrong, and somebody seeing to it."""

from django.db import transaction

from engagement.directory.keeping.tasks import tell_of_correction
from engagement.directory.models import Activity, Correction, Keeper, Venue
from portal import clock
from portal.accounts.models import User
from portal.audit.record import record
from portal.tasks import enqueue_on_commit
from portal.text import plain

LONGEST_WORDS, LONGEST_OUTCOME = 1_000, 300


@transaction.atomic
def send_correction(*, entry: Venue | Activity, words: str) -> Correction:
    """Somebody without an account says what is wrong; the place and the coordinators are told."""
    about = {entry._meta.model_name or "": entry}
    said = Correction(**about, words=plain(words, limit=LONGEST_WORDS), sent_at=clock.now())
    said.full_clean()
    said.save()
    record(action="directory.send_correction", by=None, subject=entry, correction=said.pk)
    enqueue_on_commit(tell_of_correction, correction_id=said.pk)
    return said


@transaction.atomic
def settle_correction(
    *, correction: Correction, outcome: str, by: User | None = None, keeper: Keeper | None = None
) -> bool:
    """Somebody has seen to it, with what came of it in a few words. False where somebody had already."""
    settled = (
        Correction.objects.open()
        .filter(pk=correction.pk)
        .update(
            settled_at=clock.now(),
            settled_by=by,
            settled_by_keeper=keeper,
            outcome=plain(outcome, limit=LONGEST_OUTCOME),
        )
    )
    if settled:
        record(
            action="directory.settle_correction",
            by=by,
            subject=correction.entry,
            correction=correction.pk,
            keeper=keeper.pk if keeper else None,
        )
    return bool(settled)
