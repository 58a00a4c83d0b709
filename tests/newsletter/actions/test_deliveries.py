"""One copy: claimed by one worker, begun, answered for."""

from datetime import timedelta

import pytest

from newsletter.actions import campaigns, deliveries
from newsletter.actions.subscriptions import leave
from newsletter.models import Campaign, Delivery
from newsletter.workflow import LEASE, DeliveryState, Reason
from tests.conftest import Person
from tests.factories.newsletter import a_campaign, readers
from tests.newsletter.conftest import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(editor: Person) -> Campaign:
    readers(4)
    made = a_campaign(editor.user)
    campaigns.start(campaign=made)
    return made


def claimed(campaign: Campaign, clock: Clock, worker: str = "one", size: int = 4) -> list[Delivery]:
    return deliveries.claim(campaign=campaign, worker=worker, now=clock(), size=size)


def begun(campaign: Campaign, clock: Clock) -> Delivery:
    copy = claimed(campaign, clock, size=1)[0]
    assert deliveries.begin(delivery=copy, now=clock())
    return copy


def state_of(copy: Delivery) -> tuple[str, str]:
    copy.refresh_from_db()
    return copy.state, copy.reason


def test_two_workers_never_hold_the_same_copy(campaign: Campaign, clock: Clock) -> None:
    mine, theirs = claimed(campaign, clock, "one", 3), claimed(campaign, clock, "two", 3)
    assert (len(mine), len(theirs)) == (3, 1)
    assert not {copy.pk for copy in mine} & {copy.pk for copy in theirs}
    assert claimed(campaign, clock, "three") == []


def test_a_claim_of_a_silent_worker_runs_out(campaign: Campaign, clock: Clock) -> None:
    claimed(campaign, clock, "one")
    clock.wait(LEASE + timedelta(seconds=1))
    assert len(claimed(campaign, clock, "two")) == 4


def test_a_worker_that_lost_its_claim_cannot_begin(campaign: Campaign, clock: Clock) -> None:
    (mine,) = claimed(campaign, clock, "one", 1)
    clock.wait(LEASE + timedelta(seconds=1))
    claimed(campaign, clock, "two")
    assert not deliveries.begin(delivery=mine, now=clock())


def test_what_is_let_go_can_be_claimed_at_once(campaign: Campaign, clock: Clock) -> None:
    deliveries.release(copies=claimed(campaign, clock, "one"), worker="one")
    assert len(claimed(campaign, clock, "two")) == 4


def test_letting_go_leaves_what_has_begun(campaign: Campaign, clock: Clock) -> None:
    copy = begun(campaign, clock)
    deliveries.release(copies=[copy], worker="one")
    assert state_of(copy) == (DeliveryState.SENDING, "")
    assert copy.claimed_by == "one"


def test_a_copy_begins_once(campaign: Campaign, clock: Clock) -> None:
    copy = begun(campaign, clock)
    assert not deliveries.begin(delivery=copy, now=clock())
    assert copy.attempts == 1


def test_nothing_begins_on_hold(campaign: Campaign, clock: Clock, editor: Person) -> None:
    copy = claimed(campaign, clock)[0]
    campaigns.hold(campaign=campaign, because="x", by=editor.user)
    assert not deliveries.begin(delivery=copy, now=clock())


def test_nothing_begins_for_a_reader_who_has_left(campaign: Campaign, clock: Clock) -> None:
    copy = claimed(campaign, clock)[0]
    assert copy.subscriber is not None
    leave(subscriber=copy.subscriber)
    assert not deliveries.begin(delivery=copy, now=clock())
    assert deliveries.exclude(delivery=copy, reason=Reason.LEFT)
    assert state_of(copy) == (DeliveryState.EXCLUDED, Reason.LEFT)


def test_submitted_with_its_time(campaign: Campaign, clock: Clock) -> None:
    copy = begun(campaign, clock)
    assert deliveries.submit(delivery=copy, now=clock())
    assert state_of(copy) == (DeliveryState.SUBMITTED, "")
    assert copy.submitted_at == clock()
    assert not deliveries.fail(delivery=copy, reason=Reason.REFUSED)


def test_failed_with_its_code(campaign: Campaign, clock: Clock) -> None:
    copy = begun(campaign, clock)
    assert deliveries.fail(delivery=copy, reason=Reason.REFUSED, code=550)
    assert state_of(copy) == (DeliveryState.FAILED, Reason.REFUSED)
    assert copy.reply_code == 550


def test_not_now_is_tried_later_and_given_up_after_three_times(campaign: Campaign, clock: Clock) -> None:
    for wait in (timedelta(minutes=10), timedelta(hours=1)):
        copy = begun(campaign, clock)
        assert deliveries.try_again(delivery=copy, now=clock(), code=451)
        assert state_of(copy) == (DeliveryState.QUEUED, "")
        others = claimed(campaign, clock, "two")
        assert copy not in others
        deliveries.release(copies=others, worker="two")
        clock.wait(wait)
    copy = begun(campaign, clock)
    assert deliveries.try_again(delivery=copy, now=clock(), code=451)
    assert state_of(copy) == (DeliveryState.FAILED, Reason.TOO_MANY_TRIES)


def test_a_copy_in_doubt_is_not_claimed_again(campaign: Campaign, clock: Clock) -> None:
    copy = begun(campaign, clock)
    assert deliveries.doubt(delivery=copy, reason=Reason.CUT_OFF)
    clock.wait(timedelta(days=1))
    assert len(claimed(campaign, clock, "two")) == 3


def test_a_copy_whose_worker_fell_silent_becomes_uncertain(campaign: Campaign, clock: Clock) -> None:
    copy = begun(campaign, clock)
    assert deliveries.give_up_lost(campaign=campaign, now=clock()) == 0
    clock.wait(LEASE + timedelta(seconds=1))
    assert deliveries.give_up_lost(campaign=campaign, now=clock()) == 1
    assert state_of(copy) == (DeliveryState.UNCERTAIN, Reason.LOST)


def test_a_worker_that_was_only_slow_may_still_say_what_became_of_it(campaign: Campaign, clock: Clock) -> None:
    copy = begun(campaign, clock)
    clock.wait(LEASE + timedelta(seconds=1))
    deliveries.give_up_lost(campaign=campaign, now=clock())
    assert deliveries.submit(delivery=copy, now=clock())
    assert state_of(copy) == (DeliveryState.SUBMITTED, "")
    assert str(copy) == f"copy {copy.pk}"
