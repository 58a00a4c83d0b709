"""Copies: claimed by one worker, begun a batch at a time, answered for."""

from datetime import timedelta

import pytest

from newsletter.actions import campaigns, deliveries
from newsletter.actions.deliveries import Copy
from newsletter.actions.subscriptions import leave
from newsletter.models import Campaign, Delivery, Subscriber
from newsletter.pace import MINUTE, Pace
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


def claimed(campaign: Campaign, clock: Clock, worker: str = "one", size: int = 4) -> list[Copy]:
    return deliveries.claim(campaign=campaign, worker=worker, now=clock(), size=size)


def begin(copies: list[Copy], clock: Clock, worker: str = "one") -> list[Copy]:
    return deliveries.begin(copies=copies, worker=worker, now=clock()).copies


def begun(campaign: Campaign, clock: Clock, size: int = 1) -> list[Copy]:
    copies = claimed(campaign, clock, size=size)
    assert begin(copies, clock) == copies
    return copies


def row(copy: Copy) -> Delivery:
    return Delivery.objects.get(pk=copy.number)


def state_of(copy: Copy) -> tuple[str, str]:
    kept = row(copy)
    return kept.state, kept.reason


def test_two_workers_never_hold_the_same_copy(campaign: Campaign, clock: Clock) -> None:
    mine, theirs = claimed(campaign, clock, "one", 3), claimed(campaign, clock, "two", 3)
    assert (len(mine), len(theirs)) == (3, 1)
    assert not {copy.number for copy in mine} & {copy.number for copy in theirs}
    assert claimed(campaign, clock, "three") == []


def test_a_claim_of_a_silent_worker_runs_out(campaign: Campaign, clock: Clock) -> None:
    claimed(campaign, clock, "one")
    clock.wait(LEASE + timedelta(seconds=1))
    assert len(claimed(campaign, clock, "two")) == 4


def test_a_worker_that_lost_its_claim_cannot_begin(campaign: Campaign, clock: Clock) -> None:
    mine = claimed(campaign, clock, "one", 1)
    clock.wait(LEASE + timedelta(seconds=1))
    claimed(campaign, clock, "two")
    assert deliveries.begin(copies=mine, worker="one", now=clock()).turned_away == mine


def test_what_is_let_go_can_be_claimed_at_once(campaign: Campaign, clock: Clock) -> None:
    deliveries.release(copies=claimed(campaign, clock, "one"), worker="one")
    assert len(claimed(campaign, clock, "two")) == 4


def test_letting_go_leaves_what_has_begun(campaign: Campaign, clock: Clock) -> None:
    (copy,) = begun(campaign, clock)
    deliveries.release(copies=[copy], worker="one")
    assert state_of(copy) == (DeliveryState.SENDING, "")
    assert row(copy).claimed_by == "one"


def test_a_copy_begins_once(campaign: Campaign, clock: Clock) -> None:
    copies = claimed(campaign, clock, size=3)
    assert begin(copies[:1], clock) == copies[:1]
    assert begin(copies[:1], clock) == []
    assert begin(copies, clock) == copies[1:]
    assert [row(copy).attempts for copy in copies] == [1, 1, 1]


def test_a_batch_begins_but_for_those_who_have_left(campaign: Campaign, clock: Clock) -> None:
    copies = claimed(campaign, clock)
    leave(subscriber=Subscriber.objects.get(email=copies[1].email))
    answer = deliveries.begin(copies=copies, worker="one", now=clock())
    assert answer.copies == [copies[0], copies[2], copies[3]]
    assert answer.turned_away == [copies[1]]
    assert deliveries.exclude(copies=answer.turned_away, worker="one", reason=Reason.LEFT)
    assert state_of(copies[1]) == (DeliveryState.EXCLUDED, Reason.LEFT)


def test_nothing_begins_on_hold(campaign: Campaign, clock: Clock, editor: Person) -> None:
    copies = claimed(campaign, clock)
    campaigns.hold(campaign=campaign, because="x", by=editor.user)
    assert begin(copies, clock) == []


def test_no_more_begin_than_the_provider_takes_in_a_minute(campaign: Campaign, clock: Clock) -> None:
    pace = Pace(per_minute=3)
    first, rest = claimed(campaign, clock, "one", 2), claimed(campaign, clock, "two", 2)
    deliveries.submit(
        copies=deliveries.begin(copies=first[:1], worker="one", now=clock(), pace=pace).copies,
        worker="one",
        now=clock(),
    )
    clock.wait(timedelta(seconds=20))
    # One has gone and one is on its way: there is room for a third, and not for a fourth.
    assert deliveries.begin(copies=first[1:], worker="one", now=clock(), pace=pace).copies == first[1:]
    answer = deliveries.begin(copies=rest, worker="two", now=clock(), pace=pace)
    assert (answer.copies, answer.no_room) == (rest[:1], rest[1:])
    assert deliveries.room_from(pace=pace, now=clock()) == clock() - timedelta(seconds=20) + MINUTE


def test_submitted_with_its_time(campaign: Campaign, clock: Clock) -> None:
    copies = begun(campaign, clock, size=2)
    assert deliveries.submit(copies=copies, worker="one", now=clock()) == 2
    assert [state_of(copy) for copy in copies] == [(DeliveryState.SUBMITTED, "")] * 2
    assert row(copies[0]).submitted_at == clock()
    assert not deliveries.fail(copies=copies, worker="one", reason=Reason.REFUSED)


def test_submitted_with_the_provider_s_names(campaign: Campaign, clock: Clock) -> None:
    copies = begun(campaign, clock, size=3)
    names = {copies[0].number: "p-1", copies[1].number: "p-2"}
    deliveries.submit(copies=copies, worker="one", now=clock(), provider_ids=names)
    assert [row(copy).provider_id for copy in copies] == ["p-1", "p-2", ""]
    assert [row(copy).state for copy in copies] == [DeliveryState.SUBMITTED] * 3


def test_one_name_for_a_whole_batch(campaign: Campaign, clock: Clock) -> None:
    copies = begun(campaign, clock, size=2)
    deliveries.submit(copies=copies, worker="one", now=clock(), provider_ids={one.number: "b" * 130 for one in copies})
    assert [row(copy).provider_id for copy in copies] == ["b" * 120] * 2


def test_what_the_provider_told_meanwhile_stands(campaign: Campaign, clock: Clock) -> None:
    copies = begun(campaign, clock, size=2)
    Delivery.objects.filter(pk=copies[0].number).update(state=DeliveryState.BOUNCED)
    names = {copy.number: f"p-{copy.number}" for copy in copies}
    assert deliveries.submit(copies=copies, worker="one", now=clock(), provider_ids=names) == 1
    assert state_of(copies[0])[0] == DeliveryState.BOUNCED
    assert row(copies[0]).provider_id == names[copies[0].number]


def test_failed_with_its_code(campaign: Campaign, clock: Clock) -> None:
    (copy,) = begun(campaign, clock)
    assert deliveries.fail(copies=[copy], worker="one", reason=Reason.REFUSED, code=550)
    assert state_of(copy) == (DeliveryState.FAILED, Reason.REFUSED)
    assert row(copy).reply_code == 550


def test_not_now_is_tried_later_and_given_up_after_three_times(campaign: Campaign, clock: Clock) -> None:
    for wait in (timedelta(minutes=10), timedelta(hours=1)):
        (copy,) = begun(campaign, clock)
        assert deliveries.try_again(copies=[copy], worker="one", now=clock(), code=451)
        assert state_of(copy) == (DeliveryState.QUEUED, "")
        others = claimed(campaign, clock, "two")
        assert copy.number not in {other.number for other in others}
        deliveries.release(copies=others, worker="two")
        clock.wait(wait)
    (copy,) = begun(campaign, clock)
    assert deliveries.try_again(copies=[copy], worker="one", now=clock(), code=451)
    assert state_of(copy) == (DeliveryState.FAILED, Reason.TOO_MANY_TRIES)


def test_what_nobody_tried_goes_back_as_if_it_had_never_begun(campaign: Campaign, clock: Clock) -> None:
    copies = begun(campaign, clock, size=2)
    assert deliveries.give_back(copies=copies, worker="one") == 2
    assert row(copies[0]).attempts == 0
    assert len(claimed(campaign, clock, "two")) == 4


def test_a_copy_in_doubt_is_not_claimed_again(campaign: Campaign, clock: Clock) -> None:
    copies = begun(campaign, clock)
    assert deliveries.doubt(copies=copies, worker="one", reason=Reason.CUT_OFF)
    clock.wait(timedelta(days=1))
    assert len(claimed(campaign, clock, "two")) == 3


def test_copies_whose_worker_fell_silent_become_uncertain(campaign: Campaign, clock: Clock) -> None:
    copies = begun(campaign, clock, size=2)
    assert deliveries.give_up_lost(campaign=campaign, now=clock()) == 0
    clock.wait(LEASE + timedelta(seconds=1))
    assert deliveries.give_up_lost(campaign=campaign, now=clock()) == 2
    assert state_of(copies[0]) == (DeliveryState.UNCERTAIN, Reason.LOST)


def test_a_worker_that_was_only_slow_may_still_say_what_became_of_it(campaign: Campaign, clock: Clock) -> None:
    copies = begun(campaign, clock)
    clock.wait(LEASE + timedelta(seconds=1))
    deliveries.give_up_lost(campaign=campaign, now=clock())
    assert deliveries.submit(copies=copies, worker="one", now=clock())
    assert state_of(copies[0]) == (DeliveryState.SUBMITTED, "")
    assert str(row(copies[0])) == f"copy {copies[0].number}"
