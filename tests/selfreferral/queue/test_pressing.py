"""How pressing somebody is follows from where they stand, whoever changes it and in which order."""

from datetime import timedelta
from itertools import product

import pytest

from selfreferral.actions.changes import change, set_read
from selfreferral.actions.contact import record_coming
from selfreferral.actions.triage import move
from selfreferral.actions.urgency import mark_urgent
from selfreferral.models import Referral
from selfreferral.queue.pressing import CANNOT_WAIT, GOES_ON, RESTS, WAITS_FOR_US
from selfreferral.workflow import BEFORE_FIRST_TALK, HELD, KEPT, State
from tests.conftest import Person
from tests.factories.selfreferral import WEDNESDAY, a_referral, claimed, talked_with

pytestmark = pytest.mark.django_db
LATER = WEDNESDAY + timedelta(hours=1)


def rank_of(referral: Referral) -> int:
    return Referral.objects.get(pk=referral.pk).rank


def expected(state: State, *, urgent: bool, danger: bool, talked: bool, wrote: bool) -> int:
    if state not in HELD:
        return RESTS
    if urgent or (danger and not talked):
        return CANNOT_WAIT
    return WAITS_FOR_US if wrote or (state in BEFORE_FIRST_TALK and not talked) else GOES_ON


@pytest.mark.parametrize("state", sorted(KEPT))
def test_it_follows_from_all_that_it_depends_on_and_whoever_is_overdue_is_told_the_same_everywhere(
    state: State,
) -> None:
    referral = a_referral()
    other = a_referral() if state is State.MERGED else None
    for urgent, danger, talked, wrote in product((False, True), repeat=4):
        Referral.objects.filter(pk=referral.pk).update(
            state=state,
            merged_into=other,
            next_try_on=LATER.date(),
            is_urgent=urgent,
            says_danger=danger,
            first_contact_at=LATER if talked else None,
            wrote_at=LATER if wrote else None,
        )
        now_is = Referral.objects.get(pk=referral.pk)
        assert now_is.rank == expected(state, urgent=urgent, danger=danger, talked=talked, wrote=wrote)
        for at in (now_is.due_at, now_is.due_at + timedelta(seconds=1)):
            assert now_is.is_overdue(at) == Referral.objects.overdue(now=at).filter(pk=referral.pk).exists()


def test_read_while_somebody_marked_it_urgent_it_still_cannot_wait(navigator: Person) -> None:
    referral = talked_with(by=navigator.user)
    change(referral=referral, seen_version=referral.version, by=None, now=LATER, wrote_at=LATER)
    assert rank_of(referral) == WAITS_FOR_US
    reads = Referral.objects.get(pk=referral.pk)
    mark_urgent(
        referral=referral,
        is_urgent=True,
        reason="She sleeps outside.",
        seen_version=referral.version,
        by=navigator.user,
        now=LATER,
    )
    set_read(referral=reads)
    assert rank_of(referral) == CANNOT_WAIT


def test_moved_on_while_somebody_read_it_nobody_waits_to_be_read(navigator: Person) -> None:
    referral = talked_with(by=navigator.user)
    change(referral=referral, seen_version=referral.version, by=None, now=LATER, wrote_at=LATER)
    acts = Referral.objects.get(pk=referral.pk)
    set_read(referral=referral)
    change(referral=acts, seen_version=acts.version, by=navigator.user, now=LATER, owner=None)
    assert rank_of(referral) == GOES_ON


def test_a_talk_and_an_end_are_seen_at_once(navigator: Person) -> None:
    referral = claimed(by=navigator.user, danger="yes")
    assert rank_of(referral) == CANNOT_WAIT
    record_coming(
        referral=referral,
        note="She came in.",
        how_known="Knew what was written.",
        seen_version=referral.version,
        by=navigator.user,
        now=LATER,
    )
    assert rank_of(referral) == GOES_ON
    move(
        referral=referral,
        to=State.WITHDRAWN,
        reason="She said stop.",
        seen_version=referral.version,
        by=navigator.user,
        now=LATER,
    )
    assert rank_of(referral) == RESTS
