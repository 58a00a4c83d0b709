"""Looking at somebody's words is an act too: it is written down for good before anything is opened, or nothing is opened."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.audit.record import Detail, record
from selfreferral.actions.changes import set_read
from selfreferral.models import Referral
from selfreferral.people import ALLOCATE, SEE, knows_them
from selfreferral.reading import OpenReferral, read
from selfreferral.refusals import Hidden, NotYours
from selfreferral.seeing.eyes import sight, whose_is
from selfreferral.seeing.sight import LOOK, Purpose, Sight, Whose

CHECKED = "selfreferral.looks"


def write_look(*, purpose: Purpose, by: User, referral: Referral | None = None, **detail: Detail) -> None:
    """One plain append, stored for good when this returns, with nothing before it to wait for.

    `detail` holds numbers and words of ours, such as how many a search found; never what was typed or read. Raises
    RuntimeError inside another transaction: a look that could be undone is no look.
    """
    if referral is not None:
        detail["whose"] = whose_is(referral, by).value
    with transaction.atomic(durable=True):
        record(action=LOOK, by=by, subject=referral, purpose=purpose.value, **detail)


def look(
    *, referral: Referral, by: User, now: datetime, purpose: Purpose = Purpose.VIEW, **detail: Detail
) -> OpenReferral:
    """Everything about one referral, opened for one worker who may see it; who looked, and what for, is written first.

    What was merged into it opens with it, so each of those has its look too, which names the one `beside` it. `detail` holds
    numbers and words of ours, such as for which request of the person it is opened.
    """
    if not by.has_perm(SEE):
        raise NotYours("This is not yours to see.")
    seen = sight(referral, by=by, now=now)
    if not seen.shows_words:
        raise Hidden(seen)
    merged, whose = referral.all_merged, whose_is(referral, by)
    with transaction.atomic(durable=True):
        record(action=LOOK, by=by, subject=referral, purpose=purpose.value, whose=whose.value, **detail)
        for one in merged:
            record(
                action=LOOK,
                by=by,
                subject=one,
                purpose=purpose.value,
                whose=whose.value,
                beside=referral.reference,
                **detail,
            )
    opened = replace(read(referral, merged=merged, by=by, now=now), sight=seen)
    if referral.wrote_at and whose is not Whose.ANOTHERS:
        set_read(referral=referral)
    return opened


def write_check(*, by: User, shown_as: str, referral: Referral | None = None, worker: User | None = None) -> None:
    """Somebody checks who looked: that is written too, for good, before anything is shown."""
    if not by.has_perm(ALLOCATE):
        raise NotYours("Only the lead sees who looked.")
    if referral is not None and knows_them(referral, by):
        raise Hidden(Sight.BLOCKED)
    with transaction.atomic(durable=True):
        record(
            action=CHECKED, by=by, subject=referral, shown_as=shown_as, worker=worker.pk if worker is not None else None
        )
