"""One person at a time picks somebody up, and each step follows the table."""

from datetime import date, timedelta

import pytest

from portal.accounts.models import User
from portal.audit.models import AuditEvent
from selfreferral.actions.allocation import allocate
from selfreferral.actions.triage import claim, move, release
from selfreferral.models import Allocation, Referral, TriageDecision
from selfreferral.queue.rows import Queue
from selfreferral.refusals import AlreadyClaimed, ChangedMeanwhile, NotYours, SomethingMissing
from selfreferral.workflow import State
from tests.conftest import Person
from tests.factories.selfreferral import (
    WEDNESDAY,
    a_referral,
    being_contacted,
    claimed,
)

pytestmark = pytest.mark.django_db
LATER = WEDNESDAY + timedelta(hours=1)
NEXT_WEEK = date(2026, 11, 25)


def step(referral: Referral, to: State, by: User, **more: object) -> TriageDecision:
    given = {"reason": "Because.", "seen_version": referral.version, "now": LATER, **more}
    return move(referral=referral, to=to, by=by, **given)  # type: ignore[arg-type]


def shown(person: Person, tab: str) -> list[Referral]:
    """What a tab of the queue shows to somebody next week."""
    return Queue.before(person.user, now=LATER, today=NEXT_WEEK).stretches(tab).first(10)


def put_into(referral: Referral, state: State) -> Referral:
    """Set a state as if everything before had happened, to try what may follow."""
    other = a_referral() if state is State.MERGED else None
    Referral.objects.filter(pk=referral.pk).update(state=state, next_try_on=NEXT_WEEK, merged_into=other)
    referral.refresh_from_db()
    return referral


def test_a_navigator_picks_somebody_up(navigator: Person) -> None:
    referral = claim(referral=a_referral(), by=navigator.user, now=LATER)
    assert (referral.owner, referral.state) == (navigator.user, State.SCREENING)
    assert [event.action for event in AuditEvent.objects.about(referral).order_by("pk")] == [
        "selfreferral.send",
        "selfreferral.claim",
    ]


def test_the_second_one_is_told_who_was_quicker(navigator: Person, other_navigator: Person) -> None:
    referral = a_referral()
    stale = Referral.objects.get(pk=referral.pk)
    claim(referral=referral, by=navigator.user, now=LATER)
    with pytest.raises(AlreadyClaimed, match="Navigator has picked up"):
        claim(referral=stale, by=other_navigator.user, now=LATER)
    assert Allocation.objects.count() == 1


def test_picking_up_twice_changes_nothing(navigator: Person) -> None:
    referral = claimed(by=navigator.user)
    claim(referral=referral, by=navigator.user, now=LATER)
    assert Allocation.objects.count() == 1


def test_what_nobody_held_is_opened_again_without_a_word_about_holding(lead: Person) -> None:
    referral = put_into(a_referral(), State.CLOSED)
    step(referral, State.NEW, lead.user)
    assert not Allocation.objects.exists()


def test_a_lead_picks_up_too_but_nobody_without_the_role(lead: Person, administrator: Person) -> None:
    assert claim(referral=a_referral(), by=lead.user, now=LATER).owner == lead.user
    superuser = User.objects.create_superuser("super@demo.example", "a long enough password")
    for user in (administrator.user, superuser):
        with pytest.raises(NotYours):
            claim(referral=a_referral(), by=user, now=LATER)


def test_what_is_finished_is_not_picked_up_but_opened_again(navigator: Person) -> None:
    referral = put_into(a_referral(), State.CLOSED)
    with pytest.raises(AlreadyClaimed, match="changed this at"):
        claim(referral=referral, by=navigator.user, now=LATER)


def test_whom_somebody_held_who_left_can_be_picked_up(navigator: Person, other_navigator: Person, lead: Person) -> None:
    referral = being_contacted(by=navigator.user)
    navigator.user.groups.clear()
    assert shown(lead, "unclaimed") == [referral]
    claim(referral=referral, by=other_navigator.user, now=LATER)
    assert (referral.owner, referral.state) == (other_navigator.user, State.CONTACTING)
    User.objects.filter(pk=other_navigator.user.pk).update(is_active=False)
    assert shown(lead, "unclaimed") == [referral]


def test_putting_back_leaves_the_clock_alone(navigator: Person) -> None:
    referral = claimed(by=navigator.user)
    due = referral.due_at
    release(referral=referral, reason="I know her.", seen_version=referral.version, by=navigator.user, now=LATER)
    assert (referral.owner, referral.state, referral.due_at) == (None, State.NEW, due)
    assert shown(navigator, "unclaimed") == [referral]


def test_put_back_later_it_keeps_its_state_and_shows_as_held_by_nobody(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user)
    release(referral=referral, reason="On leave.", seen_version=referral.version, by=navigator.user, now=LATER)
    assert (referral.owner, referral.state) == (None, State.CONTACTING)
    assert shown(navigator, "unclaimed") == [referral]


def test_only_the_holder_or_the_lead_puts_back(navigator: Person, other_navigator: Person, lead: Person) -> None:
    referral = claimed(by=navigator.user)
    with pytest.raises(NotYours):
        release(referral=referral, reason="No.", seen_version=referral.version, by=other_navigator.user, now=LATER)
    with pytest.raises(SomethingMissing):
        release(referral=referral, reason="  ", seen_version=referral.version, by=lead.user, now=LATER)
    release(referral=referral, reason="Ill.", seen_version=referral.version, by=lead.user, now=LATER)
    with pytest.raises(NotYours, match="Nobody holds this"):
        release(referral=referral, reason="Again.", seen_version=referral.version, by=lead.user, now=LATER)


def test_a_lead_gives_a_new_one_to_a_navigator(navigator: Person, lead: Person) -> None:
    referral = a_referral()
    allocate(
        referral=referral,
        navigator=navigator.user,
        meeting="Monday, all of us.",
        reason="Knows it.",
        seen_version=1,
        by=lead.user,
        now=LATER,
    )
    assert (referral.owner, referral.state) == (navigator.user, State.SCREENING)
    event = AuditEvent.objects.about(referral).get(action="selfreferral.allocate")
    assert event.detail == {"navigator": navigator.user.pk}


def test_giving_is_for_the_lead_to_a_navigator_with_a_reason(navigator: Person, lead: Person, editor: Person) -> None:
    referral = a_referral()

    def give(to: User, by: User, reason: str = "Because.", version: int = 1) -> Allocation:
        return allocate(
            referral=referral,
            navigator=to,
            meeting="Monday, all of us.",
            reason=reason,
            seen_version=version,
            by=by,
            now=LATER,
        )

    with pytest.raises(NotYours):
        give(navigator.user, navigator.user)
    with pytest.raises(SomethingMissing, match="who is a navigator"):
        give(editor.user, lead.user)
    with pytest.raises(SomethingMissing, match="Say why"):
        give(navigator.user, lead.user, reason="")
    with pytest.raises(ChangedMeanwhile):
        give(navigator.user, lead.user, version=0)
    put_into(referral, State.CLOSED)
    with pytest.raises(NotYours, match="Open it again"):
        give(navigator.user, lead.user)
    assert not Allocation.objects.exists()


def test_history_is_appended_never_edited(navigator: Person) -> None:
    referral = claimed(by=navigator.user)
    decision = referral.decisions.get(from_state=State.NEW)
    with pytest.raises(TypeError):
        decision.save()
    with pytest.raises(TypeError):
        decision.delete()
    assert str(decision) == "new to screening"
    assert navigator.user.pk in {int(str(row).rsplit(" ", 1)[1]) for row in Allocation.objects.all()}


def test_when_an_account_is_closed_its_referrals_wait_for_somebody_else(navigator: Person, lead: Person) -> None:
    referral = being_contacted(by=navigator.user)
    User.objects.filter(pk=navigator.user.pk).update(is_active=False)
    assert shown(lead, "unclaimed") == [referral]
    assert Allocation.objects.get().navigator == navigator.user
    with pytest.raises(ChangedMeanwhile, match="Navigator changed this"):
        step(referral, State.WITHDRAWN, lead.user, seen_version=0)
