"""Cancelling a sending on its way: what has gone has gone, and nobody else gets it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from newsletter.actions.campaigns import cancel, freeze, go_on, hold, start, stop
from newsletter.actions.freezing import CannotSend
from newsletter.models import Campaign
from newsletter.workflow import CampaignState, DeliveryState, Reason
from portal.audit.models import AuditEvent
from tests.conftest import Person
from tests.factories.newsletter import a_campaign, readers
from tests.newsletter.conftest import Clock

pytestmark = pytest.mark.django_db
CarryOn = Callable[[Campaign], Campaign]


@pytest.fixture
def half_way(editor: Person, clock: Clock) -> Campaign:
    """One copy gone, one going over, two still to go."""
    readers(4)
    campaign = a_campaign(editor.user)
    start(campaign=campaign)
    first, second = campaign.deliveries.oldest_first().values_list("pk", flat=True)[:2]
    campaign.deliveries.numbered([first]).update(state=DeliveryState.SUBMITTED, submitted_at=clock.now)
    claim = {"claimed_by": "w", "claimed_until": clock.now + timedelta(minutes=5)}
    campaign.deliveries.numbered([second]).update(state=DeliveryState.SENDING, **claim)
    return campaign


def test_the_rest_is_left_out_and_it_counts_as_sent(half_way: Campaign, editor: Person) -> None:
    issue = half_way.issue
    assert issue is not None
    cancel(campaign=half_way, by=editor.user)
    assert half_way.state == CampaignState.CANCELLED
    assert half_way.finished_at is not None
    counts = {DeliveryState.SUBMITTED: 1, DeliveryState.SENDING: 1, DeliveryState.EXCLUDED: 2}
    assert half_way.deliveries.counts() == counts
    assert set(half_way.deliveries.exclude(reason="").values_list("reason", flat=True)) == {Reason.STOPPED}
    with pytest.raises(CannotSend, match="sent already"):
        freeze(issue=issue, by=editor.user)
    assert AuditEvent.objects.filter(action="newsletter.cancel").count() == 1


def test_a_copy_that_was_going_over_when_its_worker_died_becomes_uncertain(
    half_way: Campaign, editor: Person, clock: Clock, carry_on: CarryOn
) -> None:
    cancel(campaign=half_way, by=editor.user, now=clock.now)
    carry_on(half_way)
    assert half_way.deliveries.counts()[DeliveryState.SENDING] == 1
    clock.wait(timedelta(minutes=10))
    carry_on(half_way)
    assert half_way.deliveries.counts()[DeliveryState.UNCERTAIN] == 1
    assert half_way.state == CampaignState.CANCELLED


def test_a_copy_that_came_back_from_the_line_is_left_out(half_way: Campaign, editor: Person, carry_on: CarryOn) -> None:
    cancel(campaign=half_way, by=editor.user)
    half_way.deliveries.filter(state=DeliveryState.SENDING).update(state=DeliveryState.QUEUED)
    carry_on(half_way)
    assert half_way.deliveries.counts() == {DeliveryState.SUBMITTED: 1, DeliveryState.EXCLUDED: 3}


def test_what_was_cancelled_neither_goes_on_nor_stops_nor_is_cancelled_again(
    half_way: Campaign, editor: Person
) -> None:
    cancel(campaign=half_way, by=editor.user)
    for act in (go_on, stop, cancel):
        with pytest.raises(CannotSend):
            act(campaign=half_way, by=editor.user)


def test_on_hold_it_can_be_cancelled_and_not_taken_back_once_a_mail_has_gone(
    half_way: Campaign, editor: Person
) -> None:
    hold(campaign=half_way, because="A wrong date.", by=editor.user)
    with pytest.raises(CannotSend, match="too late to stop"):
        stop(campaign=half_way, by=editor.user)
    assert cancel(campaign=half_way, by=editor.user).state == CampaignState.CANCELLED


def test_held_before_its_first_mail_it_can_still_be_taken_back(editor: Person) -> None:
    readers(2)
    campaign = a_campaign(editor.user)
    hold(campaign=campaign, because="Wait.", by=editor.user)
    stop(campaign=campaign, by=editor.user)
    assert campaign.deliveries.counts() == {DeliveryState.EXCLUDED: 2}
    assert freeze(issue=campaign.issue, by=editor.user).state == CampaignState.WAITING  # type: ignore[arg-type]


def test_nothing_to_cancel_before_it_is_under_way(editor: Person) -> None:
    readers(1)
    with pytest.raises(CannotSend, match="nothing to cancel"):
        cancel(campaign=a_campaign(editor.user), by=editor.user)
