"""Picking a referral up, putting it back, and moving it on: by the table, by one person at a time."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from portal.accounts.models import User
from portal.audit.record import record
from selfreferral.actions.changes import (
    decide,
    hold,
    need_day_to_try,
    need_fresh,
    need_words,
    put_back,
    take_step,
    who_changed,
)
from selfreferral.actions.leases import keep_reading, write_lapse
from selfreferral.models import Referral, TriageDecision
from selfreferral.needs import what_there_is
from selfreferral.people import standing
from selfreferral.promises import lease_from
from selfreferral.refusals import AlreadyClaimed, NotYours, SomethingMissing
from selfreferral.seeing.eyes import need_open, need_read
from selfreferral.workflow import HELD, MOVES, How, State, Who, after, may, may_put_back, missing


@transaction.atomic
def claim(*, referral: Referral, by: User, now: datetime) -> Referral:
    """Pick up a referral that nobody holds, or that nobody went on reading in time. Of several at once exactly one gets
    it; the others are told who did. Picking up what one is reading already keeps it for longer.
    """
    if Who.NAVIGATOR not in standing(referral, by):
        raise NotYours("Only a navigator can pick somebody up.")
    if referral.owner_id == by.pk:
        keep_reading(referral=referral, by=by, now=now)
    before = _take(referral, by, now)
    if before is None and referral.where is State.NEW:
        # The clock put it back at this very moment.
        before = _take(referral, by, now)
    if before is None:
        if referral.owner_id == by.pk:
            return referral
        raise AlreadyClaimed(_who_has_it(referral))
    if referral.where is not before:
        decide(referral=referral, start=before, end=referral.where, reason="Picked up.", by=by, now=now)
    hold(referral=referral, navigator=by, reason="Picked up.", by=by, now=now)
    record(action="selfreferral.claim", by=by, subject=referral)
    return referral


def _take(referral: Referral, by: User, now: datetime) -> State | None:
    """Take it by one conditional statement, and say from which state; nothing where another was quicker.

    One whose time ran out was new again for a moment, and its history says so.
    """
    before, ran_out_at = referral.where, referral.lease_until if referral.has_lapsed(now) else None
    end = after(before, How.CLAIM)
    won = (
        Referral.objects.up_for_claim(now=now)
        .filter(pk=referral.pk, state=before)
        .update(
            owner=by,
            state=end,
            lease_until=lease_from(now) if end is State.SCREENING else None,
            version=F("version") + 1,
            changed_at=now,
            changed_by=by,
        )
    )
    referral.refresh_from_db()
    if not won:
        return None
    if ran_out_at is None:
        return before
    write_lapse(referral=referral, at=ran_out_at)
    return after(before, How.RELEASE)


@transaction.atomic
def release(*, referral: Referral, reason: str, seen_version: int, by: User, now: datetime) -> Referral:
    """Put a referral back so that anybody can pick it up; one that was only read goes back to new.

    The clock goes on from where it was.
    """
    need_fresh(referral=referral, seen_version=seen_version)
    if not may_put_back(standing(referral, by)):
        raise NotYours("Only the one who holds it, or the lead, can put it back.")
    if referral.owner_id is None or referral.where not in HELD:
        raise NotYours("Nobody holds this.")
    need_words(reason)
    put_back(referral=referral, seen_version=seen_version, reason=reason, by=by, now=now)
    record(action="selfreferral.release", by=by, subject=referral)
    return referral


@transaction.atomic
def move(
    *,
    referral: Referral,
    to: State,
    reason: str,
    seen_version: int,
    by: User,
    now: datetime,
    next_try_on: date | None = None,
) -> TriageDecision:
    """Move a referral on, as the table allows this person; nothing moves without a reason in words."""
    need_fresh(referral=referral, seen_version=seen_version)
    before = referral.where
    # Whoever the person comes back to opens it again, whoever held it before.
    is_reopening = (before, to) in MOVES and MOVES[before, to].is_reopening
    (need_read if is_reopening else need_open)(referral, by=by, now=now)
    if not may(before, to, standing(referral, by)) or not MOVES[before, to].is_by_hand:
        raise NotYours("This is not a step that you can take from here.")
    need_words(reason)
    step = MOVES[before, to]
    need_day_to_try(next_try_on, now=now)
    lacks = missing(step, has=what_there_is(referral, next_try_on, now))
    if lacks:
        raise SomethingMissing(" ".join(lacks))
    decision = take_step(
        referral=referral,
        step=step,
        seen_version=seen_version,
        reason=reason,
        by=by,
        now=now,
        next_try_on=(next_try_on or referral.next_try_on) if to in HELD else None,
    )
    record(action="selfreferral.move", by=by, subject=referral, start=before.value, end=to.value)
    return decision


def _who_has_it(referral: Referral) -> str:
    if referral.owner is None:
        return who_changed(referral)
    return f"{referral.owner.display_name} has picked up {referral.reference}."
