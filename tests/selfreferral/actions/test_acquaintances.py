"""Whoever knows the person does not read about them, the lead no more than a navigator."""

from datetime import timedelta

import pytest

from portal.audit.models import AuditEvent
from selfreferral.actions.acquaintances import lift_acquaintance, say_i_know_them
from selfreferral.actions.looking import look
from selfreferral.actions.triage import claim
from selfreferral.models import Allocation, Note, Referral
from selfreferral.reading import read
from selfreferral.refusals import Hidden, NotYours, SomethingMissing
from selfreferral.workflow import State
from tests.conftest import Person, member_of_staff
from tests.factories.selfreferral import WEDNESDAY, a_referral, being_contacted, claimed

pytestmark = pytest.mark.django_db
LATER = WEDNESDAY + timedelta(hours=1)


def test_it_goes_back_and_closes_at_once(navigator: Person, other_navigator: Person) -> None:
    referral = claimed(by=navigator.user)
    due = referral.due_at
    say_i_know_them(referral=referral, by=navigator.user, now=LATER)
    assert (referral.owner, referral.state, referral.due_at) == (None, State.NEW, due)
    with pytest.raises(Hidden):
        look(referral=referral, by=navigator.user, now=LATER)
    with pytest.raises(NotYours):
        claim(referral=referral, by=navigator.user, now=LATER)
    assert Allocation.objects.filter(referral=referral, navigator=None).count() == 1
    assert claim(referral=referral, by=other_navigator.user, now=LATER).owner == other_navigator.user
    assert AuditEvent.objects.about(referral).filter(action="selfreferral.say_i_know_them").count() == 1


def test_later_on_it_keeps_its_state_and_waits_for_another(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user)
    say_i_know_them(referral=referral, by=navigator.user, now=LATER)
    assert (referral.owner, referral.state) == (None, State.CONTACTING)
    assert Referral.objects.held_by().get() == referral


def test_what_a_colleague_holds_stays_with_them(navigator: Person, lead: Person) -> None:
    referral = claimed(by=navigator.user)
    say_i_know_them(referral=referral, by=lead.user, now=LATER)
    assert referral.owner == navigator.user
    with pytest.raises(Hidden):
        look(referral=referral, by=lead.user, now=LATER)
    with pytest.raises(NotYours):
        say_i_know_them(referral=referral, by=lead.user, now=LATER)


def test_nobody_without_the_role_says_so(coordinator: Person) -> None:
    with pytest.raises(NotYours):
        say_i_know_them(referral=a_referral(), by=coordinator.user, now=LATER)


def test_only_the_lead_opens_it_again_and_says_why(navigator: Person, other_navigator: Person, lead: Person) -> None:
    referral = a_referral()
    say_i_know_them(referral=referral, by=navigator.user, now=LATER)
    for user in (navigator.user, other_navigator.user):
        with pytest.raises(NotYours, match="Only the lead"):
            lift_acquaintance(referral=referral, known_by=navigator.user, reason="A slip.", by=user, now=LATER)
    with pytest.raises(SomethingMissing, match="Say why"):
        lift_acquaintance(referral=referral, known_by=navigator.user, reason=" ", by=lead.user, now=LATER)
    lift_acquaintance(referral=referral, known_by=navigator.user, reason="Another Jo.", by=lead.user, now=LATER)
    assert look(referral=referral, by=navigator.user, now=LATER).name == "Example Jo"
    assert "Another Jo." in Note.objects.get().referral.strongbox().open(
        Note.objects.get().sealed_words, place=f"selfreferral.note:{Note.objects.get().pk}:words"
    )
    whats = {entry.what for entry in read(referral, by=lead.user, now=LATER).history}
    assert {"Closed to Navigator, who knows the person", "Open again to Navigator"} <= whats
    with pytest.raises(SomethingMissing, match="open to them"):
        lift_acquaintance(referral=referral, known_by=navigator.user, reason="Again.", by=lead.user, now=LATER)


def test_a_lead_who_knows_them_does_not_open_it_to_themselves(lead: Person) -> None:
    referral = a_referral()
    say_i_know_them(referral=referral, by=lead.user, now=LATER)
    with pytest.raises(NotYours, match="never for themselves"):
        lift_acquaintance(referral=referral, known_by=lead.user, reason="A slip.", by=lead.user, now=LATER)
    second = member_of_staff("second lead", "lead")
    lift_acquaintance(referral=referral, known_by=lead.user, reason="A slip.", by=second.user, now=LATER)
    assert look(referral=referral, by=lead.user, now=LATER)
