"""A referral moves on as the table allows, with what each step needs, and nothing else."""

from datetime import date, timedelta
from typing import Any

import pytest

from portal.audit.models import AuditEvent
from selfreferral.actions.allocation import allocate
from selfreferral.actions.contact import signpost
from selfreferral.actions.triage import claim, release
from selfreferral.models import Referral, TriageDecision
from selfreferral.refusals import ChangedMeanwhile, NotYours, SomethingMissing
from selfreferral.workflow import KEPT, MOVES, State
from tests.conftest import Person
from tests.factories.selfreferral import (
    WEDNESDAY,
    a_referral,
    a_service,
    being_contacted,
    claimed,
    talked_with,
    tried_enough,
)
from tests.selfreferral.actions.test_triage import put_into, shown, step

pytestmark = pytest.mark.django_db
LATER = WEDNESDAY + timedelta(hours=1)
NEXT_WEEK = date(2026, 11, 25)


def test_every_step_has_a_reason_and_one_event(navigator: Person) -> None:
    referral = claimed(by=navigator.user)
    with pytest.raises(SomethingMissing, match="Say why"):
        step(referral, State.CONTACTING, navigator.user, reason=" ")
    step(referral, State.CONTACTING, navigator.user)
    events = AuditEvent.objects.about(referral).filter(action="selfreferral.move")
    assert [event.detail for event in events] == [{"start": "screening", "end": "contacting"}]


def test_a_stale_page_is_told_who_changed_it(navigator: Person, lead: Person) -> None:
    referral = being_contacted(by=navigator.user)
    seen = referral.version
    step(referral, State.WITHDRAWN, lead.user)
    with pytest.raises(ChangedMeanwhile, match="Lead changed this"):
        step(referral, State.TALKING, navigator.user, seen_version=seen)
    other = being_contacted(by=navigator.user)
    with pytest.raises(ChangedMeanwhile, match=r"Navigator changed this at 10:00 on 18 November"):
        step(other, State.WITHDRAWN, lead.user, seen_version=other.version - 1)
    other.refresh_from_db()
    assert other.state == State.CONTACTING


def test_of_two_pages_opened_at_once_only_the_first_is_taken(navigator: Person, lead: Person) -> None:
    referral = tried_enough(by=navigator.user)
    same = Referral.objects.get(pk=referral.pk)
    step(referral, State.WITHDRAWN, lead.user)
    with pytest.raises(ChangedMeanwhile, match="Lead changed this at 11:00"):
        step(same, State.DOOR_OPEN, lead.user, next_try_on=NEXT_WEEK)
    assert same.state == State.WITHDRAWN
    assert TriageDecision.objects.filter(to_state=State.DOOR_OPEN).count() == 0


def test_the_table_is_the_only_way(navigator: Person, lead: Person) -> None:
    for state in sorted(KEPT):
        for user in (navigator.user, lead.user):
            for to in State:
                if (state, to) in MOVES:
                    continue
                referral = put_into(a_referral(), state) if state is not State.NEW else a_referral()
                with pytest.raises(NotYours):
                    step(referral, to, user, next_try_on=NEXT_WEEK)


def test_claim_and_release_are_not_made_by_hand(navigator: Person) -> None:
    with pytest.raises(NotYours):
        step(a_referral(), State.SCREENING, navigator.user)
    with pytest.raises(NotYours):
        step(claimed(by=navigator.user), State.NEW, navigator.user)


def test_a_navigator_does_not_do_what_is_the_leads(navigator: Person) -> None:
    referral = talked_with(by=navigator.user)
    for to in (State.WAITING, State.ACTIVE, State.CLOSED, State.DOOR_OPEN):
        with pytest.raises(NotYours):
            step(referral, to, navigator.user, next_try_on=NEXT_WEEK)


def test_another_navigator_does_not_move_what_is_not_theirs(navigator: Person, other_navigator: Person) -> None:
    with pytest.raises(NotYours):
        step(claimed(by=navigator.user), State.CONTACTING, other_navigator.user)


def test_talking_takes_a_real_talk(navigator: Person) -> None:
    referral = being_contacted(by=navigator.user)
    with pytest.raises(SomethingMissing, match="a real talk"):
        step(referral, State.TALKING, navigator.user)


def test_signposting_takes_a_talk_and_somewhere_to_go(navigator: Person) -> None:
    referral = talked_with(by=navigator.user)
    with pytest.raises(SomethingMissing, match="where in the directory you helped them"):
        step(referral, State.SIGNPOSTED, navigator.user)
    signpost(referral=referral, service=a_service(), words="Walked there together.", by=navigator.user, now=LATER)
    step(referral, State.SIGNPOSTED, navigator.user)
    assert referral.state == State.SIGNPOSTED


def test_an_open_door_takes_a_day_that_is_not_past(navigator: Person, lead: Person) -> None:
    referral = tried_enough(by=navigator.user)
    for day, sentence in ((None, "try again"), (date(2026, 11, 17), "today or later")):
        with pytest.raises(SomethingMissing, match=sentence):
            step(referral, State.DOOR_OPEN, lead.user, next_try_on=day)
    step(referral, State.DOOR_OPEN, lead.user, next_try_on=NEXT_WEEK)
    assert referral.next_try_on == NEXT_WEEK
    assert shown(lead, "again") == [referral]


def test_an_open_door_takes_enough_tries_of_this_time(navigator: Person, lead: Person) -> None:
    referral = being_contacted(by=navigator.user)
    with pytest.raises(SomethingMissing, match="Try more often first"):
        step(referral, State.DOOR_OPEN, lead.user, next_try_on=NEXT_WEEK)
    referral = tried_enough(by=navigator.user)
    step(referral, State.WITHDRAWN, navigator.user)
    step(referral, State.NEW, navigator.user)
    claim(referral=referral, by=navigator.user, now=LATER)
    step(referral, State.CONTACTING, navigator.user)
    with pytest.raises(SomethingMissing, match="Try more often first"):
        step(referral, State.DOOR_OPEN, lead.user, next_try_on=NEXT_WEEK)


def test_how_often_and_how_long_are_settings(navigator: Person, lead: Person, settings: Any) -> None:
    settings.DOOR_OPEN_TRIES, settings.DOOR_OPEN_DAYS = 5, 14
    referral = tried_enough(by=navigator.user)
    with pytest.raises(SomethingMissing, match="Try more often first"):
        step(referral, State.DOOR_OPEN, lead.user, next_try_on=NEXT_WEEK)
    settings.DOOR_OPEN_TRIES, settings.DOOR_OPEN_DAYS = 4, 15
    with pytest.raises(SomethingMissing, match="Try more often first"):
        step(referral, State.DOOR_OPEN, lead.user, next_try_on=NEXT_WEEK)
    settings.DOOR_OPEN_DAYS = 14
    step(referral, State.DOOR_OPEN, lead.user, next_try_on=NEXT_WEEK)


def test_working_together_takes_somebody_to_do_it(navigator: Person, lead: Person) -> None:
    referral = talked_with(by=navigator.user)
    release(referral=referral, reason="Leaving.", seen_version=referral.version, by=navigator.user, now=LATER)
    with pytest.raises(SomethingMissing, match="Give it to a navigator first"):
        step(referral, State.ACTIVE, lead.user)
    allocate(
        referral=referral,
        navigator=navigator.user,
        meeting="Monday, all of us.",
        reason="Lives close.",
        seen_version=referral.version,
        by=lead.user,
        now=LATER,
    )
    step(referral, State.ACTIVE, lead.user)
    assert referral.state == State.ACTIVE


def test_opened_again_it_is_the_same_one_with_a_new_clock(navigator: Person, lead: Person) -> None:
    referral = talked_with(by=navigator.user)
    signpost(referral=referral, service=a_service(), words="Together.", by=navigator.user, now=LATER)
    step(referral, State.CLOSED, lead.user)
    assert shown(lead, "finished") == [referral]
    step(referral, State.NEW, navigator.user)
    assert (referral.owner, referral.episode, referral.first_contact_at) == (None, 2, None)
    assert referral.due_at > LATER
    assert Referral.objects.new().get() == referral
    last = referral.allocations.last()
    assert last is not None
    assert (last.navigator, last.allocated_by) == (None, navigator.user)
    claim(referral=referral, by=navigator.user, now=LATER)
    step(referral, State.CONTACTING, navigator.user)
    with pytest.raises(SomethingMissing):
        step(referral, State.TALKING, navigator.user)


def test_stopped_it_has_no_next_try(navigator: Person, lead: Person) -> None:
    referral = tried_enough(by=navigator.user)
    step(referral, State.DOOR_OPEN, lead.user, next_try_on=NEXT_WEEK)
    step(referral, State.WITHDRAWN, navigator.user)
    assert referral.next_try_on is None
    assert shown(lead, "again") == []


def test_no_door_is_left_open_until_the_next_century(navigator: Person, lead: Person) -> None:
    referral = tried_enough(by=navigator.user)
    with pytest.raises(SomethingMissing, match="within a year"):
        step(referral, State.DOOR_OPEN, lead.user, next_try_on=date(2099, 1, 1))
