"""Somebody of the team writes down what a person said or handed in, and sees to the paper and the way back."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.record import record
from portal.clock import LONDON
from portal.tasks import enqueue_on_commit
from selfreferral import vault
from selfreferral.actions.changes import change, need_fresh
from selfreferral.actions.referrals import take_referral
from selfreferral.actions.returning import new_door
from selfreferral.deadlines import OPENS
from selfreferral.models import Referral, ReturnDoor
from selfreferral.people import WORK, standing
from selfreferral.questions import flow
from selfreferral.questions.shapes import Answers, is_for_other
from selfreferral.refusals import NotYours, SomethingMissing
from selfreferral.seeing.eyes import need_open
from selfreferral.tasks import alert_navigators
from selfreferral.workflow import State, Who, may

CameBy = Referral.CameBy
OLDEST_PAPER = timedelta(days=366)


class Agreed(StrEnum):
    """How we know that the person wants us to have this."""

    WROTE = "wrote"
    SAID = "said"
    OTHER = "other"


AGREED_WORDS: Mapping[Agreed, str] = {
    Agreed.WROTE: "The person wrote it themselves",
    Agreed.SAID: "The person said yes, and somebody wrote it down for them",
    Agreed.OTHER: "Somebody else told us, and the answers say what the person knows",
}
AGREED_BY: Mapping[CameBy, tuple[Agreed, ...]] = {
    CameBy.PAPER: (Agreed.WROTE, Agreed.SAID, Agreed.OTHER),
    CameBy.PHONE: (Agreed.SAID, Agreed.OTHER),
}


def take_down(
    *,
    answers: Answers,
    came_by: CameBy,
    agreed: Agreed,
    by: User,
    now: datetime,
    submission_token: str,
    handed_in_on: date | None = None,
) -> Referral:
    """Put what was handed in or said into the queue; taken down twice, it is one. Answers off the path are dropped.

    Paper came on the day on which it was `handed_in_on`: from then on the person waits, however late it is typed in.
    Raises NotYours, SomethingMissing, or vault.VaultIsShut; in each case nothing is kept.
    """
    if not by.has_perm(WORK) or not may(State.DRAFT, State.NEW, {Who.TAKER}):
        raise NotYours("Only somebody who works with people who ask can write this down.")
    path = flow.walk(answers)
    for step in path.steps:
        if lacking := path.lacks(step):
            raise SomethingMissing(f"{lacking}.")
    if agreed not in AGREED_BY.get(came_by, ()):
        raise SomethingMissing("Say how we know that they want this.")
    if (agreed is Agreed.OTHER) and not is_for_other(path.answers):
        raise SomethingMissing("Say who it is for: you wrote that somebody else told us.")
    received_at = _received_at(came_by, handed_in_on, now)
    token = vault.submission_token(f"taken:{by.pk}:{submission_token}")
    try:
        return Referral.objects.sent_with(token).first() or _taken(
            path.answers, came_by, agreed, by, now, received_at, token
        )
    except IntegrityError:
        # Pressed twice at one moment: the other was quicker, and it is the same thing.
        return Referral.objects.sent_with(token).get()


@transaction.atomic
def _taken(
    answers: Answers,
    came_by: CameBy,
    agreed: Agreed,
    by: User,
    now: datetime,
    received_at: datetime,
    token: str,
) -> Referral:
    referral = take_referral(
        answers=answers,
        submission_token=token,
        came_by=came_by,
        taken_by=by,
        reason=f"It came as {came_by.label}. {AGREED_WORDS[agreed]}.",
        by=by,
        now=now,
        received_at=received_at,
    )
    record(action="selfreferral.take_down", by=by, subject=referral, came_by=came_by.value)
    enqueue_on_commit(alert_navigators)
    return referral


def _received_at(came_by: CameBy, handed_in_on: date | None, now: datetime) -> datetime:
    """When the person began to wait: for paper of another day, when the office opened that day."""
    today = timezone.localdate(now)
    if came_by is not CameBy.PAPER or handed_in_on == today:
        return now
    if handed_in_on is None:
        raise SomethingMissing("Say on which day it was handed in.")
    if handed_in_on > today:
        raise SomethingMissing("That day is still to come.")
    if handed_in_on < today - OLDEST_PAPER:
        raise SomethingMissing("That is more than a year ago. Ask them to tell you again how it is now.")
    return datetime.combine(handed_in_on, OPENS, tzinfo=LONDON)


@transaction.atomic
def give_words(*, referral: Referral, by: User, now: datetime) -> str:
    """Six words for the person whose answers were just taken down, to be read out or handed over; nobody sees them again.

    Raises NotYours for anybody but who took it down, within the hour, and SomethingMissing where there are words already.
    """
    fresh = (
        Referral.objects.sent_lately(now=now)
        .select_for_update(of=("self",))
        .filter(pk=referral.pk, taken_by=by)
        .first()
    )
    if fresh is None:
        raise NotYours("Only who wrote it down can give the words, and only within the hour.")
    if ReturnDoor.objects.filter(referral=fresh).exists():
        raise SomethingMissing("They have six words already. We cannot see them again.")
    # The key is thrown away: what shows the words again is nowhere.
    words = new_door(key=vault.new_draft_key(), referral=fresh, now=now)
    record(action="selfreferral.give_words", by=by, subject=fresh)
    return words


def may_give_words(*, referral: Referral, by: User, now: datetime) -> bool:
    """Whether six words can still be made: by who took it down, within the hour, and once."""
    is_fresh = Referral.objects.sent_lately(now=now).filter(pk=referral.pk, taken_by=by).exists()
    return is_fresh and not ReturnDoor.objects.filter(referral=referral).exists()


@transaction.atomic
def destroy_paper(*, referral: Referral, destroyed_on: date, seen_version: int, by: User, now: datetime) -> None:
    """Write down on which day the paper was destroyed. Raises SomethingMissing for paper that never was, or an odd day.

    Raises NotYours or Hidden for whoever does not work with it.
    """
    if standing(referral, by).isdisjoint({Who.NAVIGATOR, Who.LEAD}):
        raise NotYours("This is not yours to change.")
    need_open(referral, by=by, now=now)
    need_fresh(referral=referral, seen_version=seen_version)
    if referral.came_by != CameBy.PAPER:
        raise SomethingMissing("This did not come on paper.")
    if referral.paper_destroyed_on is not None:
        raise SomethingMissing("It is written down already.")
    if destroyed_on > timezone.localdate(now):
        raise SomethingMissing("That day is still to come.")
    typed_at = referral.decisions.began(episode=1) or referral.received_at
    if destroyed_on < timezone.localdate(typed_at):
        raise SomethingMissing("That is before it was typed in.")
    change(referral=referral, seen_version=seen_version, by=by, now=now, paper_destroyed_on=destroyed_on)
    record(action="selfreferral.destroy_paper", by=by, subject=referral)
