"""Who walks with whom is settled with others, and the history says with whom and why."""

import pytest

from selfreferral.actions.allocation import allocate
from selfreferral.actions.looking import look
from selfreferral.actions.triage import move
from selfreferral.models import Acquaintance, Allocation, Referral
from selfreferral.refusals import SomethingMissing
from selfreferral.workflow import State
from tests.conftest import Person
from tests.factories.selfreferral import WEDNESDAY, a_referral, talked_with

pytestmark = pytest.mark.django_db
MEETING = "Monday's meeting: Leah, Nina, and Sue from housing."


def give(referral: Referral, to: Person, by: Person, meeting: str = MEETING) -> Allocation:
    return allocate(
        referral=referral,
        navigator=to.user,
        reason="Knows the street.",
        meeting=meeting,
        seen_version=referral.version,
        by=by.user,
        now=WEDNESDAY,
    )


def test_who_was_at_the_meeting_is_sealed_and_told_in_the_history(navigator: Person, lead: Person) -> None:
    referral = a_referral()
    row = give(referral, navigator, lead, MEETING)
    assert b"Sue" not in bytes(row.sealed_meeting)
    told = [entry.words for entry in look(referral=referral, by=lead.user, now=WEDNESDAY).history]
    assert f"Knows the street.\nWho settled it: {MEETING}" in told


def test_without_who_settled_it_nobody_is_given(navigator: Person, lead: Person) -> None:
    referral = a_referral()
    with pytest.raises(SomethingMissing, match="If you did alone, say so"):
        give(referral, navigator, lead, "  ")
    assert not Allocation.objects.exists()


def test_one_who_waits_on_our_list_is_given_to_a_navigator(
    navigator: Person, other_navigator: Person, lead: Person
) -> None:
    referral = talked_with(by=navigator.user)
    move(
        referral=referral,
        to=State.WAITING,
        reason="Nobody is free.",
        seen_version=referral.version,
        by=lead.user,
        now=WEDNESDAY,
    )
    give(referral, other_navigator, lead, MEETING)
    referral.refresh_from_db()
    assert (referral.where, referral.owner) == (State.WAITING, other_navigator.user)
    move(
        referral=referral,
        to=State.ACTIVE,
        reason="The meeting said yes.",
        seen_version=referral.version,
        by=lead.user,
        now=WEDNESDAY,
    )
    assert referral.where is State.ACTIVE


def test_the_form_asks_for_the_meeting(navigator: Person, lead: Person) -> None:
    referral = a_referral()
    address = f"/staff/referrals/{referral.reference}/"
    assert "Who settled it, and when" in lead.get(address).content.decode()
    sent = {"navigator": navigator.user.pk, "reason": "Near.", "meeting": MEETING, "seen_version": referral.version}
    assert lead.post(f"{address}allocate/", sent).status_code == 302
    assert "Sue from housing" in lead.get(address).content.decode()


def test_nobody_is_given_to_a_navigator_who_knows_them(navigator: Person, lead: Person) -> None:
    referral = a_referral()
    Acquaintance.objects.create(referral=referral, known_by=navigator.user, said_at=WEDNESDAY)
    with pytest.raises(SomethingMissing, match="They know this person"):
        give(referral, navigator, lead)
    referral.refresh_from_db()
    assert referral.owner is None
