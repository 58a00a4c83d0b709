"""Whether somebody can wait: a person here decides it, with a reason; nothing else does."""

from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.audit.record import record
from selfreferral.actions.changes import change, need_fresh, need_words, sealed
from selfreferral.models import Referral, UrgencyDecision
from selfreferral.people import standing
from selfreferral.promises import first_contact_due
from selfreferral.refusals import NotYours, SomethingMissing
from selfreferral.workflow import HELD, State, Who


@transaction.atomic
def mark_urgent(
    *, referral: Referral, is_urgent: bool, reason: str, seen_version: int, by: User, now: datetime
) -> UrgencyDecision:
    """Put somebody before others, or back among them. Whoever holds it or leads may; any navigator, while it is new.

    The clock still counts from when they asked, and marking it urgent never gives more time than there was.
    """
    need_fresh(referral=referral, seen_version=seen_version)
    if not may_decide(referral, standing(referral, by)):
        raise NotYours("Only the one who holds it, or the lead, can decide that.")
    if referral.is_urgent == is_urgent:
        raise SomethingMissing("It is marked like that already.")
    need_words(reason)
    began = referral.decisions.began(episode=referral.episode) or referral.received_at
    due_at = first_contact_due(began, is_urgent=is_urgent)
    change(
        referral=referral,
        seen_version=seen_version,
        by=by,
        now=now,
        is_urgent=is_urgent,
        due_at=min(due_at, referral.due_at) if is_urgent else due_at,
    )
    decision = write_urgency(referral=referral, is_urgent=is_urgent, reason=reason, by=by, now=now)
    record(action="selfreferral.mark_urgent", by=by, subject=referral, is_urgent=is_urgent)
    return decision


def write_urgency(*, referral: Referral, is_urgent: bool, reason: str, by: User, now: datetime) -> UrgencyDecision:
    """Who decided it, and why, under the seal of the referral."""
    decision = UrgencyDecision(referral=referral, is_urgent=is_urgent, decided_at=now, decided_by=by)
    decision.sealed_reason = sealed(referral=referral, row=decision, part="reason", words=reason)
    decision.save(force_insert=True)
    return decision


def may_decide(referral: Referral, who: frozenset[Who]) -> bool:
    """Whether somebody with this standing may say how urgent this is."""
    near = {Who.HOLDER, Who.LEAD} | ({Who.NAVIGATOR} if referral.where is State.NEW else set())
    return referral.where in HELD and not who.isdisjoint(near)
