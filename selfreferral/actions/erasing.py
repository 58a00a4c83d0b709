"""Erasing a record takes two: the lead asks, an administrator agrees, and its key is destroyed with all that it opened.

What stays is a tombstone for the numbers: the reference, the states and the dates.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from portal.accounts.models import User
from portal.audit.record import record
from portal.privacy.counting import Counted, counted, keep_counts
from portal.privacy.holds import is_held
from portal.tasks import enqueue_on_commit
from selfreferral.actions.changes import change
from selfreferral.models import ErasureRequest, Referral, TriageDecision
from selfreferral.people import ERASE, standing
from selfreferral.refusals import NotYours
from selfreferral.tasks import sweep_out
from selfreferral.workflow import State, Who, may

# Rows that say nothing about anybody once their words are gone; all others that point to the referral are deleted.
STAYS = frozenset({"decisions", "erasure_requests", "merged"})
NOTHING = b""
# Under which names they go on counting. Of the last the kind is the number of a service, whose name may change.
REQUESTS, REQUESTS_BY_WHOM = "requests for help", "requests for help by who asked"
REQUESTS_BY_SERVICE = "requests for help by service"


@transaction.atomic
def ask_to_erase(*, referral: Referral, why: ErasureRequest.Why, by: User, now: datetime) -> ErasureRequest:
    """The lead asks that nothing is kept about somebody; nothing changes until somebody else agrees."""
    who = standing(referral, by)
    if Who.LEAD not in who or not may(referral.where, State.ERASED, who):
        raise NotYours("Only the lead can ask for this.")
    try:
        with transaction.atomic():
            wish = ErasureRequest.objects.create(referral=referral, why=why, asked_at=now, asked_by=by)
    except IntegrityError:
        raise NotYours("Somebody has asked for this already.") from None
    record(action="selfreferral.ask_to_erase", by=by, subject=referral, why=wish.why)
    return wish


@transaction.atomic
def refuse_erasure(*, wish: ErasureRequest, by: User, now: datetime) -> ErasureRequest:
    """The second person says no; everything stays, and it can be asked for again."""
    _decide(wish, is_agreed=False, by=by, now=now)
    record(action="selfreferral.refuse_erasure", by=by, subject=wish.referral)
    return wish


@transaction.atomic
def erase(*, wish: ErasureRequest, by: User, now: datetime) -> ErasureRequest:
    """The second person agrees: this record, and those that were put together with it, cannot be read again by anybody.

    All of it happens or none. The history of who did what stays, with numbers and no words.
    """
    _decide(wish, is_agreed=True, by=by, now=now)
    asked = Referral.objects.select_for_update().get(pk=wish.referral_id)
    # What was put together with it goes first, the furthest before all, so that nothing points to what is gone.
    for referral in reversed([asked, *asked.all_merged]):
        _leave_a_tombstone(referral, by, now)
        record(action="selfreferral.erase", by=by, subject=referral, wish=str(wish.pk))
    enqueue_on_commit(sweep_out)
    return wish


@transaction.atomic
def erase_in_time(*, referral: Referral, now: datetime) -> int:
    """The partnership settled how long such a request is kept, and that is over: it goes with those put together with it."""
    going = [referral, *referral.all_merged]
    for one in reversed(going):
        _leave_a_tombstone(one, None, now)
        record(action="selfreferral.erase_in_time", by=None, subject=one)
    enqueue_on_commit(sweep_out)
    return len(going)


def _decide(wish: ErasureRequest, *, is_agreed: bool, by: User, now: datetime) -> None:
    if not by.has_perm(ERASE):
        raise NotYours("Only an administrator can decide this.")
    if wish.asked_by_id == by.pk:
        raise NotYours("You asked for this yourself. Somebody else must decide.")
    decided = ErasureRequest.objects.waiting().filter(pk=wish.pk)
    if not decided.update(decided_at=now, decided_by=by, is_agreed=is_agreed):
        raise NotYours("This is decided already.")
    wish.refresh_from_db()


def _leave_a_tombstone(referral: Referral, by: User | None, now: datetime) -> None:
    if is_held(referral):
        raise NotYours("Somebody keeps this record for a reason, so it cannot be erased. The lead can see who and why.")
    before = referral.where
    keep_counts(Counter(_what_counts(referral)))
    for relation in Referral._meta.related_objects:
        name = relation.get_accessor_name() or ""
        if name not in STAYS:
            # History is not deleted row by row; the one way out is together with its referral, here.
            table: Any = relation.related_model
            table._default_manager.filter(**{relation.field.name: referral}).delete()
    referral.decisions.update(sealed_reason=NOTHING)
    # A wish that was still open about one of the others is settled with it.
    referral.erasure_requests.waiting().update(decided_at=now, decided_by=by, is_agreed=True)
    change(
        referral=referral,
        seen_version=referral.version,
        by=by,
        now=now,
        state=State.ERASED,
        erased_at=now,
        wrapped_key=NOTHING,
        nickname="",
        source="",
        came_from=None,
        submission_token=f"erased:{referral.pk}",
        owner=None,
        wrote_at=None,
        next_try_on=None,
        lease_until=None,
        merged_into=None,
        merged_at=None,
        says_danger=False,
        is_urgent=False,
        is_doubted=False,
    )
    # Written by hand: there is no key left to seal a reason with, and why it went is in the wish.
    TriageDecision(
        referral=referral,
        from_state=before,
        to_state=State.ERASED,
        episode=referral.episode,
        sealed_reason=NOTHING,
        decided_at=now,
        decided_by=by,
    ).save(force_insert=True)


def _what_counts(referral: Referral) -> Iterator[Counted]:
    """Where it goes on counting: by where it stood, by who asked, and how often they said how they are, not what."""
    came = referral.received_at
    yield counted(came, REQUESTS, referral.state)
    if referral.where is not State.MERGED:
        yield counted(came, REQUESTS_BY_WHOM, referral.source)
        if referral.came_from_id:
            yield counted(came, REQUESTS_BY_SERVICE, str(referral.came_from_id))
    for day in referral.assessments.standing().values_list("given_on", flat=True):
        yield Counted(day.replace(day=1), "self-assessments")
