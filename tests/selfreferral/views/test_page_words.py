"""What the page of a referral says fits where it is: no clock after the end, no day that no step needs, nothing held twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from selfreferral.actions.triage import move
from selfreferral.models import Referral
from selfreferral.workflow import State
from tests.conftest import Person
from tests.factories.selfreferral import a_referral, being_contacted, claimed, talked_with

pytestmark = pytest.mark.django_db


def page(person: Person, referral: Referral) -> str:
    return str(person.get(f"/staff/referrals/{referral.reference}/").content.decode())


def step(person: Person, referral: Referral, to: State) -> None:
    now, seen = timezone.now(), referral.version
    move(referral=referral, to=to, reason="Because.", seen_version=seen, by=person.user, now=now)


def test_when_the_time_to_read_is_over_it_says_so(navigator: Person, other_navigator: Person) -> None:
    referral = claimed(by=navigator.user, now=timezone.now() - timedelta(hours=2))
    mine, theirs = page(navigator, referral), page(other_navigator, referral)
    assert "Your time to read this is over" in mine
    assert "Yours to read until" not in mine
    assert "You can pick it up" in theirs
    assert "holds this" not in theirs


def test_a_day_to_try_again_is_asked_only_where_a_step_needs_it(navigator: Person, lead: Person) -> None:
    referral = talked_with(by=navigator.user, now=timezone.now())
    for person, asks in ((navigator, False), (lead, True)):
        form = person.get(f"/staff/referrals/{referral.reference}/").context["forms"]["move"]
        assert ("next_try_on" in form.fields) is asks


def test_what_came_of_a_try_says_of_which_way(navigator: Person) -> None:
    shown = page(navigator, being_contacted(by=navigator.user, now=timezone.now(), safe_ring="yes"))
    assert "Nobody answered (ring)" in shown
    assert "Spoke with the person, both ways (ring, text)" in shown
    assert "Sent a letter" not in shown


def test_what_is_finished_waits_for_nobody(navigator: Person, lead: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now())
    assert "To hear from us by" in page(navigator, referral)
    step(navigator, referral, State.WITHDRAWN)
    for person in (navigator, lead):
        shown = page(person, referral)
        assert "To hear from us by" not in shown
        assert "Held by</dt>" not in shown
        assert "Waiting for" not in shown


def test_opened_again_they_wait_since_then(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user, now=timezone.now() - timedelta(days=12))
    for to in (State.WITHDRAWN, State.NEW):
        step(navigator, referral, to)
    shown = page(navigator, referral)
    assert "0 minutes" in shown
    assert "12 days" not in shown


def test_what_was_typed_too_late_is_shown_in_words(navigator: Person, other_navigator: Person) -> None:
    referral = being_contacted(by=other_navigator.user, now=timezone.now())
    sent = {"seen_version": referral.version, "to": "withdrawn", "reason": "WREN-REASON"}
    shown = navigator.post(f"/staff/referrals/{referral.reference}/move/", sent).content.decode()
    assert "WREN-REASON" in shown
    assert "Asked us to stop" in shown
    assert "<dd>withdrawn</dd>" not in shown


def test_a_year_that_is_not_this_one_is_said(navigator: Person) -> None:
    referral, now = a_referral(now=timezone.now()), timezone.localdate()
    for day, words in ((now, f"Next try {now:%-d %B}<"), (now.replace(year=now.year + 1, day=1), f" {now.year + 1}<")):
        Referral.objects.filter(pk=referral.pk).update(next_try_on=day)
        assert words in page(navigator, referral)
