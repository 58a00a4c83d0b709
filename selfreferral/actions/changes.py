"""The small steps that larger actions are made of: the row changes only if nobody was quicker, and history is sealed to it."""

from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from portal.accounts.models import User
from selfreferral.deadlines import no_day_to_try
from selfreferral.models import Allocation, Referral, TriageDecision
from selfreferral.models.sealing import Appended, place
from selfreferral.models.together import SHARED_WHILE
from selfreferral.models.waiting import ReferralQuerySet
from selfreferral.people import ALLOCATE, standing
from selfreferral.promises import first_contact_due
from selfreferral.refusals import ChangedMeanwhile, NotYours, SomethingMissing
from selfreferral.workflow import How, Move, State, Who, after


def change(
    *,
    referral: Referral,
    seen_version: int,
    by: User | None,
    now: datetime,
    among: ReferralQuerySet | None = None,
    **values: Any,
) -> None:
    """Write these values in one conditional statement; raise ChangedMeanwhile where another was quicker.

    What moves on or changes hands is lent to nobody any more. `among` says what else must still be true of it.
    """
    if not values.keys().isdisjoint({"state", "owner"}):
        values = {"lease_until": None, **values}
    found = Referral.objects.all() if among is None else among
    changed = found.filter(pk=referral.pk, version=seen_version).update(
        version=F("version") + 1, changed_at=now, changed_by=by, **values
    )
    referral.refresh_from_db()
    if not changed:
        raise ChangedMeanwhile(who_changed(referral))


def set_read(*, referral: Referral) -> None:
    """What the person wrote has been seen by whoever should see it; a word that came meanwhile stays marked."""
    Referral.objects.filter(pk=referral.pk, wrote_at=referral.wrote_at).update(wrote_at=None)


def need_fresh(*, referral: Referral, seen_version: int) -> None:
    """Raise ChangedMeanwhile early, so that a page out of date is told so before anything else about it."""
    if referral.version != seen_version:
        raise ChangedMeanwhile(who_changed(referral))


def who_changed(referral: Referral) -> str:
    """Who changed it last and when, for somebody whose page is out of date."""
    at = timezone.localtime(referral.changed_at)
    when = f"at {at:%H:%M} on {at.day} {at:%B}"
    if referral.changed_by is None and referral.persons_words.filter(said_at=referral.changed_at).exists():
        return f"The person wrote to us {when}. Look at it again before you go on."
    if referral.changed_by is None and referral.decisions.lapses().filter(decided_at=referral.changed_at).exists():
        return f"Its time to be read ran out {when}, and it went back to the queue. Pick it up again."
    who = referral.changed_by.display_name if referral.changed_by else "Somebody"
    return f"{who} changed this {when}. Look at it again before you go on."


def sealed(*, referral: Referral, row: Appended, part: str, words: str) -> bytes:
    """Words of a row of history, under the seal of the referral that it belongs to."""
    return referral.strongbox().seal(words, place=place(row, part))


def decide(
    *, referral: Referral, start: State | None, end: State, reason: str, by: User | None, now: datetime
) -> TriageDecision:
    """Write down that a referral went from one state to another, and why.

    What was shown to partners is shown no more once we are not in touch with the person any longer.
    """
    if end not in SHARED_WHILE:
        referral.shared_views.standing().update(ended_at=now, ended_by=by)
    decision = TriageDecision(
        referral=referral,
        from_state=start or "",
        to_state=end,
        episode=referral.episode,
        decided_at=now,
        decided_by=by,
    )
    decision.sealed_reason = sealed(referral=referral, row=decision, part="reason", words=reason)
    decision.save(force_insert=True)
    return decision


def take_step(
    *, referral: Referral, step: Move, seen_version: int, reason: str, by: User | None, now: datetime, **values: Any
) -> TriageDecision:
    """Make one move of the table, and write it down. Opened again, the same referral starts a new episode: no owner, no
    talk yet, no day to try again, and a clock from now.
    """
    was_held = referral.owner_id is not None
    if step.is_reopening:
        values = {
            "owner": None,
            "next_try_on": None,
            "episode": referral.episode + 1,
            "first_contact_at": None,
            "due_at": first_contact_due(now, is_urgent=referral.is_urgent),
        }
    change(referral=referral, seen_version=seen_version, by=by, now=now, state=step.end, **values)
    decision = decide(referral=referral, start=step.start, end=step.end, reason=reason, by=by, now=now)
    if step.is_reopening and was_held:
        hold(referral=referral, navigator=None, reason=reason, by=by, now=now)
    return decision


def put_back(
    *,
    referral: Referral,
    seen_version: int,
    reason: str,
    by: User | None,
    now: datetime,
    among: ReferralQuerySet | None = None,
) -> None:
    """Nobody holds it from now on, and its clock goes on; one that was only being read is new again."""
    before, end = referral.where, after(referral.where, How.RELEASE)
    change(referral=referral, seen_version=seen_version, by=by, now=now, among=among, owner=None, state=end)
    if end is not before:
        decide(referral=referral, start=before, end=end, reason=reason, by=by, now=now)
    hold(referral=referral, navigator=None, reason=reason, by=by, now=now)


def hold(
    *, referral: Referral, navigator: User | None, reason: str, by: User | None, now: datetime, meeting: str = ""
) -> Allocation:
    """Write down who holds a referral from now on, and who was there when it was settled; nobody is an answer too."""
    row = Allocation(referral=referral, navigator=navigator, allocated_at=now, allocated_by=by)
    row.sealed_reason = sealed(referral=referral, row=row, part="reason", words=reason)
    if meeting:
        row.sealed_meeting = sealed(referral=referral, row=row, part="meeting", words=meeting)
    row.save(force_insert=True)
    return row


def need_lead(by: User, *, of: Referral | None = None) -> None:
    """Raise NotYours for anybody who does not lead this room; of one referral, also for a lead who knows the person."""
    if not by.has_perm(ALLOCATE) or (of is not None and Who.LEAD not in standing(of, by)):
        raise NotYours("Only the lead can do this.")


def need_day_to_try(day: date | None, *, now: datetime) -> None:
    """Raise SomethingMissing for a day on which nobody can be tried again; no day is fine."""
    if day is not None and (refusal := no_day_to_try(day, today=timezone.localdate(now))):
        raise SomethingMissing(refusal)


def need_words(words: str, sentence: str = "Say why, in a few words.") -> None:
    """Raise SomethingMissing where there is nothing but space."""
    if not words.strip():
        raise SomethingMissing(sentence)
