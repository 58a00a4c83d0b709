"""A batch of which nothing went: whether it was the addresses or the mail server, and that few readers are no worse off."""

import smtplib
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from newsletter.actions import campaigns
from newsletter.models import Campaign, Delivery
from newsletter.sending.weighing import Weighed, weigh
from newsletter.workflow import MOST_TROUBLES, CampaignState, DeliveryState, Reason
from portal.emails.outcomes import Outcome, Verdict
from tests.conftest import Person
from tests.factories.newsletter import a_campaign, a_reader, an_issue, readers
from tests.newsletter.conftest import Clock
from tests.newsletter.mail_server import MailServer

CarryOn = Callable[[Campaign], Campaign]
TAKEN, LATER, NEVER = None, Outcome(Verdict.TRY_AGAIN, 450), Outcome(Verdict.FAILED, 554)
NO_ADDRESS, CUT = Outcome(Verdict.FAILED), Outcome(Verdict.UNCERTAIN)


@pytest.mark.parametrize(
    ("outcomes", "is_in_trouble", "about"),
    [
        ([LATER, LATER], False, Weighed.PUT_OFF),
        ([LATER, NO_ADDRESS, LATER], False, Weighed.PUT_OFF),
        ([LATER], False, Weighed.ADDRESSES),
        ([LATER], True, Weighed.PUT_OFF),
        ([LATER, TAKEN, LATER], True, Weighed.ADDRESSES),
        ([LATER, NEVER], False, Weighed.ADDRESSES),
        ([NEVER, NEVER], False, Weighed.REFUSED_ALL),
        ([NEVER], False, Weighed.REFUSED_ALL),
        ([NEVER, TAKEN], False, Weighed.ADDRESSES),
        ([NEVER, NEVER, CUT], False, Weighed.REFUSED_ALL),
        ([NO_ADDRESS, NO_ADDRESS], False, Weighed.ADDRESSES),
        ([], True, Weighed.ADDRESSES),
    ],
)
def test_what_a_batch_says(outcomes: list[Outcome | None], is_in_trouble: bool, about: Weighed) -> None:
    assert weigh(outcomes, is_in_trouble=is_in_trouble) == about


def no_relay(address: str) -> None:
    raise smtplib.SMTPRecipientsRefused({address: (554, b"relay denied")})


def not_now(address: str) -> None:
    raise smtplib.SMTPRecipientsRefused({address: (450, b"later")})


@pytest.fixture
def campaign(editor: Person) -> Campaign:
    """Four readers: too few for "five in a row"."""
    readers(4)
    return a_campaign(editor.user)


@pytest.mark.django_db
def test_554_to_each_of_four_readers_puts_it_on_hold_with_the_reason_and_nobody_has_failed(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, editor: Person
) -> None:
    server.before = no_relay
    carry_on(campaign)
    assert campaign.state == CampaignState.HELD
    assert campaign.held_because.startswith("It refused everybody. ")
    assert "It answers 554" in campaign.held_because
    assert campaign.deliveries.counts() == {DeliveryState.QUEUED: 4}
    server.before = lambda address: None
    campaigns.go_on(campaign=campaign, by=editor.user)
    carry_on(campaign)
    assert campaign.state == CampaignState.SENT
    assert set(server.copies.values()) == {1}
    assert len(server.copies) == 4


@pytest.mark.django_db
def test_somebody_who_says_go_on_twice_is_believed(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, editor: Person
) -> None:
    server.before = no_relay
    for _ in range(2):
        carry_on(campaign)
        assert campaign.state == CampaignState.HELD
        campaigns.go_on(campaign=campaign, by=editor.user)
    carry_on(campaign)
    assert campaign.deliveries.counts() == {DeliveryState.FAILED: 4}
    assert campaign.state == CampaignState.SENT


@pytest.mark.django_db
def test_a_server_that_took_something_of_ours_today_is_believed(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, editor: Person
) -> None:
    now = timezone.now()
    other = Campaign.objects.create(state=CampaignState.SENT, subject="x", starts_at=now, frozen_at=now)
    other.deliveries.create(message_id="<x@y>", state=DeliveryState.SUBMITTED, submitted_at=now)
    server.before = no_relay
    carry_on(campaign)
    assert campaign.deliveries.counts() == {DeliveryState.FAILED: 4}


@pytest.mark.django_db
def test_450_to_everybody_uses_up_no_try_and_waits_for_the_server(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, clock: Clock, editor: Person
) -> None:
    server.before = not_now
    for troubles in range(1, MOST_TROUBLES + 1):
        carry_on(campaign)
        assert campaign.troubles == troubles
        assert set(Delivery.objects.values_list("attempts", "state")) == {(0, DeliveryState.QUEUED)}
        clock.wait(timedelta(minutes=10))
    assert campaign.state == CampaignState.HELD
    assert "too busy for us. It answers 450" in campaign.held_because
    server.before = lambda address: None
    campaigns.go_on(campaign=campaign, by=editor.user)
    carry_on(campaign)
    assert campaign.state == CampaignState.SENT
    assert len(server.copies) == 4


@pytest.mark.django_db
def test_450_to_one_of_many_is_about_that_one(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, clock: Clock
) -> None:
    full = "reader0@example.org"
    server.before = lambda address: not_now(address) if address == full else None
    for _ in range(12):
        carry_on(campaign)
        clock.wait(timedelta(minutes=10))
    assert campaign.state == CampaignState.SENT
    failed = Delivery.objects.filter(state=DeliveryState.FAILED, reason=Reason.TOO_MANY_TRIES)
    assert failed.count() == 1
    assert server.copies == Counter({f"reader{number}@example.org" for number in (1, 2, 3)})


@pytest.mark.django_db
def test_one_reader_alone_who_is_told_not_now_is_tried_three_times(
    carry_on: CarryOn, server: MailServer, clock: Clock, editor: Person
) -> None:
    a_reader()
    campaign = a_campaign(editor.user, issue=an_issue())
    server.before = not_now
    for _ in range(12):
        carry_on(campaign)
        clock.wait(timedelta(minutes=10))
    assert campaign.deliveries.counts() == {DeliveryState.FAILED: 1}
