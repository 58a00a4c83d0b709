"""A person decides that somebody cannot wait, says why, and the clock follows; nothing decides it by itself."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.clock import LONDON
from selfreferral.actions.triage import move
from selfreferral.actions.urgency import mark_urgent
from selfreferral.models import Referral, UrgencyDecision
from selfreferral.models.sealing import place
from selfreferral.queue.pressing import CANNOT_WAIT, WAITS_FOR_US
from selfreferral.refusals import ChangedMeanwhile, NotYours, SomethingMissing
from selfreferral.workflow import State
from tests.conftest import Person
from tests.factories.selfreferral import WEDNESDAY, a_referral, being_contacted, claimed

pytestmark = pytest.mark.django_db
LATER = WEDNESDAY + timedelta(hours=1)


def mark(referral: Referral, by: User, *, is_urgent: bool = True, **more: Any) -> UrgencyDecision:
    given = {"reason": "No heating, and a baby.", "seen_version": referral.version, "now": LATER, **more}
    return mark_urgent(referral=referral, is_urgent=is_urgent, by=by, **given)


def test_nothing_said_on_the_form_makes_it_urgent() -> None:
    referral = a_referral(danger="yes")
    assert referral.says_danger
    assert not referral.is_urgent
    assert referral.due_at == WEDNESDAY + timedelta(days=2)


def test_a_navigator_marks_a_new_one_and_the_clock_counts_from_when_they_asked(navigator: Person) -> None:
    referral = a_referral()
    decision = mark(referral, navigator.user)
    assert (referral.is_urgent, referral.rank) == (True, CANNOT_WAIT)
    assert referral.due_at == WEDNESDAY + timedelta(days=1)
    assert (decision.decided_by, decision.decided_at, str(decision)) == (navigator.user, LATER, "urgent")
    why = referral.strongbox().open(decision.sealed_reason, place=place(decision, "reason"))
    assert why == "No heating, and a baby."
    event = AuditEvent.objects.about(referral).get(action="selfreferral.mark_urgent")
    assert event.detail == {"is_urgent": True}


def test_marking_never_gives_more_time_than_there_was(navigator: Person) -> None:
    referral = a_referral()
    Referral.objects.filter(pk=referral.pk).update(due_at=LATER)
    referral.refresh_from_db()
    mark(referral, navigator.user)
    assert referral.due_at == LATER


def test_it_can_wait_after_all(navigator: Person) -> None:
    referral = claimed(by=navigator.user)
    due = referral.due_at
    mark(referral, navigator.user)
    soon = LATER + timedelta(minutes=5)
    mark(referral, navigator.user, is_urgent=False, reason="The heating works again.", now=soon)
    assert (referral.is_urgent, referral.rank, referral.due_at) == (False, WAITS_FOR_US, due)
    assert [str(row) for row in referral.urgency_decisions.all()] == ["urgent", "not urgent"]


def test_opened_again_the_clock_counts_from_then(navigator: Person, lead: Person) -> None:
    referral = being_contacted(by=navigator.user)
    for to, by in ((State.WITHDRAWN, navigator), (State.NEW, navigator)):
        move(
            referral=referral,
            to=to,
            reason="Because.",
            seen_version=referral.version,
            by=by.user,
            now=WEDNESDAY + timedelta(days=70),
        )
    mark(referral, lead.user, now=WEDNESDAY + timedelta(days=70, hours=1))
    assert referral.due_at == datetime(2027, 1, 28, 10, tzinfo=LONDON)


def test_only_who_is_near_decides(navigator: Person, other_navigator: Person, lead: Person, editor: Person) -> None:
    referral = claimed(by=navigator.user)
    for person in (other_navigator, editor):
        with pytest.raises(NotYours):
            mark(referral, person.user)
    mark(referral, lead.user)
    assert UrgencyDecision.objects.count() == 1


def test_it_takes_a_reason_a_fresh_page_and_a_change(navigator: Person) -> None:
    referral = claimed(by=navigator.user)
    with pytest.raises(SomethingMissing, match="Say why"):
        mark(referral, navigator.user, reason="  ")
    with pytest.raises(ChangedMeanwhile):
        mark(referral, navigator.user, seen_version=referral.version - 1)
    with pytest.raises(SomethingMissing, match="already"):
        mark(referral, navigator.user, is_urgent=False)
    assert not referral.is_urgent


def test_what_is_finished_is_not_marked(navigator: Person, lead: Person) -> None:
    referral = being_contacted(by=navigator.user)
    move(
        referral=referral,
        to=State.WITHDRAWN,
        reason="They said so.",
        seen_version=referral.version,
        by=lead.user,
        now=LATER,
    )
    with pytest.raises(NotYours):
        mark(referral, lead.user)
