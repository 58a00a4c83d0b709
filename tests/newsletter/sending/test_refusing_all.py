"""A mail server that refuses everybody is in trouble; it is not that nobody has an address. And who was turned away by chance."""

import smtplib
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from newsletter.actions import campaigns, deliveries
from newsletter.actions.subscriptions import leave
from newsletter.models import Campaign, Delivery, Subscriber
from newsletter.sending.batches import REFUSALS_IN_A_ROW, leave_out
from newsletter.workflow import MOST_TROUBLES, CampaignState, DeliveryState, Reason
from tests.conftest import Person
from tests.factories.newsletter import a_campaign, readers
from tests.newsletter.conftest import Clock
from tests.newsletter.mail_server import MailServer

pytestmark = pytest.mark.django_db
CarryOn = Callable[[Campaign], Campaign]
TEN = {f"reader{number}@example.org" for number in range(10)}


@pytest.fixture
def campaign(editor: Person) -> Campaign:
    readers(10)
    return a_campaign(editor.user)


def no_relay(address: str) -> None:
    raise smtplib.SMTPRecipientsRefused({address: (554, b"relay denied")})


def test_554_to_everybody_ends_on_hold_and_nobody_has_failed(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, clock: Clock, editor: Person
) -> None:
    server.before = no_relay
    for _ in range(MOST_TROUBLES):
        assert campaign.state != CampaignState.HELD
        carry_on(campaign)
        clock.wait(timedelta(minutes=10))
    assert campaign.state == CampaignState.HELD
    assert "does not take our mail. It answers 554" in campaign.held_because
    assert campaign.deliveries.counts() == {DeliveryState.QUEUED: 10}

    server.before = lambda address: None
    campaigns.go_on(campaign=campaign, by=editor.user)
    carry_on(campaign)
    clock.wait(timedelta(minutes=14))
    Delivery.objects.update(not_before=None)
    carry_on(campaign)
    assert server.copies == Counter(TEN)
    assert campaign.state == CampaignState.SENT


def test_bad_addresses_side_by_side_hold_the_others_up_only_for_a_while_and_fail_in_the_end(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, clock: Clock
) -> None:
    bad = {f"reader{number}@example.org" for number in range(REFUSALS_IN_A_ROW)}
    server.before = lambda address: no_relay(address) if address in bad else None
    for _ in range(40):
        carry_on(campaign)
        clock.wait(timedelta(minutes=10))
    assert server.copies == Counter(TEN - bad)
    assert campaign.state == CampaignState.SENT
    failed = Delivery.objects.filter(state=DeliveryState.FAILED, reason=Reason.REFUSED, reply_code=554)
    assert failed.count() == REFUSALS_IN_A_ROW


def test_a_few_bad_addresses_among_good_ones_are_believed_at_once(
    campaign: Campaign, carry_on: CarryOn, server: MailServer
) -> None:
    bad = {f"reader{number}@example.org" for number in (0, 1, 2, 3, 5, 6, 7, 8)}
    server.before = lambda address: no_relay(address) if address in bad else None
    carry_on(campaign)
    assert campaign.deliveries.counts() == {DeliveryState.FAILED: 8, DeliveryState.SUBMITTED: 2}


def test_trouble_of_the_mail_server_uses_up_no_try(campaign: Campaign, carry_on: CarryOn, server: MailServer) -> None:
    def closed(address: str) -> None:
        raise smtplib.SMTPSenderRefused(421, b"too busy", "us@example.org")

    server.before = closed
    carry_on(campaign)
    assert set(Delivery.objects.values_list("attempts", "state")) == {(0, DeliveryState.QUEUED)}


def test_who_still_wants_it_is_let_go_and_not_left_out(campaign: Campaign, clock: Clock) -> None:
    campaigns.start(campaign=campaign)
    copies = deliveries.claim(campaign=campaign, worker="one", now=clock(), size=3)
    leave(subscriber=Subscriber.objects.get(email=copies[1].email))
    leave_out(copies, worker="one")
    assert list(Delivery.objects.filter(state=DeliveryState.EXCLUDED).values_list("reason", flat=True)) == [Reason.LEFT]
    assert len(deliveries.claim(campaign=campaign, worker="two", now=clock(), size=10)) == 9
