"""Picking a referral up, putting it back, and moving it on: by the table, by one person at a time."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from portal.accounts.models import User
from portal.audit.record import record
from selfreferral.actions.changes import change, decide, hold, need_fresh, need_words, who_changed
from selfreferral.actions.leases import keep_reading, write_lapse
from selfreferral.models import Referral, TriageDecision
from selfreferral.needs import what_there_is
from selfreferral.people import standing
from selfreferral.promises import first_contact_due, lease_from
from selfreferral.refusals import AlreadyClaimed, NotYours, SomethingMissing
from selfreferral.seeing.eyes import need_open
from selfreferral.workflow import HELD, MOVES, Move, State, Who, may, missing


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
    if before is State.NEW:
        decide(referral=referral, start=before, end=State.SCREENING, reason="Picked up.", by=by, now=now)
    hold(referral=referral, navigator=by, reason="Picked up.", by=by, now=now)
    record(action="selfreferral.claim", by=by, subject=referral)
    return referral


def _take(referral: Referral, by: User, now: datetime) -> State | None:
    """Take it by one conditional statement, and say from which state; nothing where another was quicker.

    One whose time ran out was new again for a moment, and its history says so.
    """
    before, has_lapsed = referral.where, referral.has_lapsed(now)
    after = State.SCREENING if before is State.NEW else before
    won = (
        Referral.objects.up_for_claim(now=now)
        .filter(pk=referral.pk, state=before)
        .update(
            owner=by,
            state=after,
            lease_until=lease_from(now) if after is State.SCREENING else None,
            version=F("version") + 1,
            changed_at=now,
            changed_by=by,
        )
    )
    referral.refresh_from_db()
    if not won:
        return None
    if has_lapsed:
        write_lapse(referral=referral, now=now)
        return State.NEW
    return before


@transaction.atomic
def release(*, referral: Referral, reason: str, seen_version: int, by: User, now: datetime) -> Referral:
    """Put a referral back so that anybody can pick it up; one that was only read goes back to new.

    The clock goes on from where it was.
    """
    need_fresh(referral=referral, seen_version=seen_version)
    if standing(referral, by).isdisjoint({Who.HOLDER, Who.LEAD}):
        raise NotYours("Only the one who holds it, or the lead, can put it back.")
    if referral.owner_id is None or referral.where not in HELD:
        raise NotYours("Nobody holds this.")
    need_words(reason)
    before = referral.where
    after = State.NEW if before is State.SCREENING else before
    change(referral=referral, seen_version=seen_version, by=by, now=now, owner=None, state=after)
    if after is not before:
        decide(referral=referral, start=before, end=after, reason=reason, by=by, now=now)
    hold(referral=referral, navigator=None, reason=reason, by=by, now=now)
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
    need_open(referral, by=by, now=now)
    if not may(before, to, standing(referral, by)) or not MOVES[before, to].is_by_hand:
        raise NotYours("This is not a step that you can take from here.")
    need_words(reason)
    step = MOVES[before, to]
    lacks = missing(step, has=what_there_is(referral, next_try_on, now))
    if lacks:
        raise SomethingMissing(" ".join(lacks))
    change(
        referral=referral,
        seen_version=seen_version,
        by=by,
        now=now,
        state=to,
        **_afresh(referral, step, now)
        or {"next_try_on": (next_try_on or referral.next_try_on) if to in HELD else None},
    )
    decision = decide(referral=referral, start=before, end=to, reason=reason, by=by, now=now)
    record(action="selfreferral.move", by=by, subject=referral, start=before.value, end=to.value)
    return decision


def _afresh(referral: Referral, step: Move, now: datetime) -> dict[str, Any]:
    """Opened again, the same referral starts a new episode: no owner, no talk yet, and a clock from now."""
    if not step.is_reopening:
        return {}
    return {
        "owner": None,
        "next_try_on": None,
        "episode": referral.episode + 1,
        "first_contact_at": None,
        "due_at": first_contact_due(now, is_urgent=referral.is_urgent),
    }


def _who_has_it(referral: Referral) -> str:
    if referral.owner is None:
        return who_changed(referral)
    return f"{referral.owner.display_name} has picked up {referral.reference}."
