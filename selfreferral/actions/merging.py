"""Two requests about one person: one becomes a link to the other, nothing moves, and for a week it comes apart again."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.accounts.models import User
from portal.audit.record import record
from selfreferral.actions.acquaintances import close_to
from selfreferral.actions.changes import change, decide, hold, need_fresh, need_words
from selfreferral.actions.correcting import narrow
from selfreferral.actions.urgency import write_urgency
from selfreferral.contact.card import Channel, Safe
from selfreferral.contact.narrowing import is_same_detail
from selfreferral.models import Acquaintance, Referral, TriageDecision
from selfreferral.needs import what_there_is
from selfreferral.people import standing
from selfreferral.promises import first_contact_due
from selfreferral.reading import card_of
from selfreferral.refusals import NotYours, SomethingMissing
from selfreferral.workflow import BEFORE_FIRST_TALK, HELD, MOVES, Need, State, Who, may, missing


@transaction.atomic
def merge(
    *, referral: Referral, into: Referral, reason: str, seen_version: int, by: User, now: datetime
) -> TriageDecision:
    """Make this one a link to another that is about the same person.

    The other must be one that somebody should be holding. A way that this one calls unsafe is closed there too, whoever
    knows the one person knows the other, and whoever could not wait here cannot wait there.
    """
    need_fresh(referral=referral, seen_version=seen_version)
    before = referral.where
    if not may(before, State.MERGED, standing(referral, by)):
        raise NotYours("Only the lead can say that two are the same, and only while this one is open.")
    need_words(reason)
    into = Referral.objects.select_for_update().get(pk=into.pk)
    if into.pk == referral.pk:
        raise SomethingMissing("It cannot be the same as itself.")
    if Who.LEAD not in standing(into, by):
        raise NotYours("The other one is not open to you.")
    has = {Need.TARGET} if into.where in HELD else set()
    if missing(MOVES[before, State.MERGED], has=has):
        raise SomethingMissing("The other one is finished, or stands for another itself. Open it again first.")
    here, there = referral.all_of_the_same, [into, *into.all_merged]
    known_by = _who_knows([*here, *there])
    _keep_unsafe(referral, into, by, now)
    _close_to(there, known_by, by, now)
    was_held = referral.owner_id is not None
    change(
        referral=referral,
        seen_version=seen_version,
        by=by,
        now=now,
        state=State.MERGED,
        merged_into=into,
        merged_at=now,
        owner=None,
        next_try_on=None,
        lease_until=None,
    )
    _close_to(here, known_by, by, now)
    decision = decide(referral=referral, start=before, end=State.MERGED, reason=reason, by=by, now=now)
    if was_held:
        hold(referral=referral, navigator=None, reason=reason, by=by, now=now)
    _keep_pressing(referral, into, before, reason, by, now)
    record(action="selfreferral.merge", by=by, subject=referral, into=into.reference)
    return decision


@transaction.atomic
def unmerge(*, referral: Referral, reason: str, seen_version: int, by: User, now: datetime) -> TriageDecision:
    """Take it apart again, within seven days: this one is new, its clock goes on from where it was.

    Ways that were closed on the other stay closed until the person says that they are safe, whoever knew the one or the
    other knows both until the lead opens it again, and what cannot wait goes on so until somebody decides that it can.
    """
    need_fresh(referral=referral, seen_version=seen_version)
    if referral.where is not State.MERGED or not may(State.MERGED, State.NEW, standing(referral, by)):
        raise NotYours("This is not a step that you can take from here.")
    need_words(reason)
    lacks = missing(MOVES[State.MERGED, State.NEW], has=what_there_is(referral, None, now))
    if lacks:
        raise SomethingMissing(" ".join(lacks))
    change(
        referral=referral,
        seen_version=seen_version,
        by=by,
        now=now,
        state=State.NEW,
        merged_into=None,
        merged_at=None,
    )
    decision = decide(referral=referral, start=State.MERGED, end=State.NEW, reason=reason, by=by, now=now)
    record(action="selfreferral.unmerge", by=by, subject=referral)
    return decision


def _keep_unsafe(referral: Referral, into: Referral, by: User, now: datetime) -> None:
    """Close on the other what was called unsafe here, of the same number, address or place."""
    here, there = card_of(referral), card_of(into)
    unsafe = {
        channel
        for channel in Channel
        if here.said[channel] is Safe.NO
        and there.allows(channel)
        and is_same_detail(channel, here.detail(channel), there.detail(channel))
    }
    if unsafe:
        narrow(referral=into, channels=unsafe, why=f"{referral.reference} says that it is not safe.", by=by, now=now)
        into.refresh_from_db()


def _keep_pressing(referral: Referral, into: Referral, before: State, reason: str, by: User, now: datetime) -> None:
    """Carry over what makes somebody go first; whoever is still to hear from us hears by the earlier of the two days."""
    still_waits = before in BEFORE_FIRST_TALK and referral.first_contact_at is None
    # What they wrote and nobody read yet is read on the page of the other; danger that is told anew is such a thing too.
    is_told_anew = referral.says_danger and still_waits and into.first_contact_at is not None
    wrote_at = into.wrote_at or referral.wrote_at or (referral.received_at if is_told_anew else None)
    carried: dict[str, Any] = {
        "wrote_at": wrote_at,
        "says_danger": into.says_danger or referral.says_danger,
        "due_at": min(into.due_at, referral.due_at) if still_waits else into.due_at,
        "is_urgent": into.is_urgent or referral.is_urgent,
    }
    becomes_urgent = carried["is_urgent"] and not into.is_urgent
    if becomes_urgent:
        began = into.decisions.began(episode=into.episode) or into.received_at
        carried["due_at"] = min(carried["due_at"], first_contact_due(began, is_urgent=True))
    if all(getattr(into, name) == value for name, value in carried.items()):
        return
    change(referral=into, seen_version=into.version, by=by, now=now, **carried)
    if becomes_urgent:
        why = f"{referral.reference}, which is the same person, cannot wait. {reason}"
        write_urgency(referral=into, is_urgent=True, reason=why, by=by, now=now)


def _who_knows(referrals: Collection[Referral]) -> list[User]:
    known = Acquaintance.objects.in_force().filter(referral__in=referrals).select_related("known_by")
    return list({one.known_by_id: one.known_by for one in known}.values())


def _close_to(referrals: Iterable[Referral], users: Collection[User], by: User, now: datetime) -> None:
    for referral in referrals:
        for user in users:
            close_to(referral=referral, user=user, by=by, now=now)
