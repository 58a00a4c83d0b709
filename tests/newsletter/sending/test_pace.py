"""No more mails than a provider takes, and no mail before it wants one; whoever has to wait sleeps in the queue."""

import smtplib
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage

from newsletter.models import Campaign, Delivery
from newsletter.pace import MINUTE, Pace
from newsletter.sending import postman
from newsletter.sending.lines import Answer, OneByOne
from newsletter.workflow import CampaignState, DeliveryState, Reason
from portal.emails.outcomes import Outcome, Verdict
from tests.conftest import Person
from tests.factories.newsletter import a_campaign, readers, work_waiting
from tests.newsletter.conftest import Clock
from tests.newsletter.mail_server import MailServer

CarryOn = Callable[[Campaign], Campaign]
FIVE = Counter(f"reader{number}@example.org" for number in range(5))


@pytest.fixture(autouse=True)
def _small_helpings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postman, "BATCH", 2)


@pytest.fixture
def campaign(editor: Person) -> Campaign:
    readers(5)
    return a_campaign(editor.user)


def test_where_nobody_counts_there_is_always_room() -> None:
    assert Pace(per_minute=0).room(gone=10_000) is None


def test_room_is_what_the_last_minute_left() -> None:
    assert [Pace(per_minute=30).room(gone=gone) for gone in (0, 29, 30, 31)] == [30, 1, 0, 0]


def test_there_is_room_again_when_the_first_is_a_minute_old(clock: Clock) -> None:
    pace = Pace(per_minute=1)
    first = clock.now - timedelta(seconds=20)
    assert pace.next_at(first_gone_at=first, now=clock.now) == clock.now + timedelta(seconds=40)
    assert pace.next_at(first_gone_at=None, now=clock.now) == clock.now + MINUTE


@pytest.mark.django_db
def test_no_more_go_in_a_minute_than_the_provider_takes(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, clock: Clock, settings: Any
) -> None:
    settings.MAIL_PER_MINUTE = 3
    work_waiting("deliver_campaign")[0].delete()  # the worker has taken it
    carry_on(campaign)
    if work_waiting("deliver_campaign")[0].run_after == clock.now:  # PostgreSQL: who was called finds no room
        work_waiting("deliver_campaign")[0].delete()
        carry_on(campaign)
    assert len(server.got) == 3
    assert clock.now + MINUTE in {work.run_after for work in work_waiting("deliver_campaign")}
    clock.wait(timedelta(seconds=59))
    carry_on(campaign)
    assert len(server.got) == 3
    clock.wait(timedelta(seconds=1))
    carry_on(campaign)
    assert server.copies == FIVE
    assert campaign.state == CampaignState.SENT


@pytest.mark.django_db
def test_slow_down_is_kept_to_the_second(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow_down = Outcome(Verdict.SERVER_TROUBLE, 429, timedelta(seconds=90))
    with monkeypatch.context() as patched:
        patched.setattr(OneByOne, "_carry", lambda self, letter: Answer(slow_down))
        carry_on(campaign)
    assert campaign.deliveries.counts() == {DeliveryState.QUEUED: 5}
    assert clock.now + timedelta(seconds=90) in {work.run_after for work in work_waiting("deliver_campaign")}
    clock.wait(timedelta(seconds=89))
    carry_on(campaign)
    assert server.got == []
    clock.wait(timedelta(seconds=1))
    carry_on(campaign)
    assert server.copies == FIVE
    assert campaign.troubles == 0


@pytest.mark.django_db
def test_after_trouble_one_copy_tries_alone_and_the_reason_is_shown(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A provider that answers 500 may have taken what it was given, so no more than one copy at a time is put at risk."""
    broken = Answer(Outcome(Verdict.UNCERTAIN, 500))
    monkeypatch.setattr(OneByOne, "_carry", lambda self, letter: broken)
    uncertain = []
    for _ in range(3):
        carry_on(campaign)
        uncertain.append(campaign.deliveries.counts()[DeliveryState.UNCERTAIN])
        clock.wait(postman.LOOK_AGAIN_AFTER)
    assert uncertain[0] == 2
    assert uncertain[-1] <= 5
    assert {copy.reply_code for copy in Delivery.objects.uncertain()} == {500}
    assert {copy.reason for copy in Delivery.objects.uncertain()} == {Reason.CUT_OFF}


@pytest.mark.django_db
def test_a_sender_that_is_refused_for_good_is_put_on_hold_in_words(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, clock: Clock
) -> None:
    def refused(address: str) -> None:
        raise smtplib.SMTPSenderRefused(535, b"sign in, ann@example.org", "us@example.org")

    server.before = refused
    for _ in range(5):
        carry_on(campaign)
        clock.wait(postman.LOOK_AGAIN_AFTER)
    assert campaign.state == CampaignState.HELD
    assert campaign.held_because == (
        "The mail server does not let us in. Are the name and the password right? It answers 535."
    )
    assert campaign.deliveries.counts() == {DeliveryState.QUEUED: 5}


@pytest.mark.django_db
def test_an_address_that_cannot_be_one_fails_alone(campaign: Campaign, carry_on: CarryOn, server: MailServer) -> None:
    bad = campaign.deliveries.order_by("pk")[1].subscriber
    assert bad is not None
    type(bad).objects.filter(pk=bad.pk).update(email="jürgen@example.org")
    carry_on(campaign)
    assert server.copies == FIVE - Counter(["reader1@example.org"])
    assert Delivery.objects.get(state=DeliveryState.FAILED).reason == Reason.REFUSED
    assert campaign.state == CampaignState.SENT


@pytest.mark.django_db
def test_what_goes_over_is_a_mail_of_its_own(campaign: Campaign, carry_on: CarryOn, server: MailServer) -> None:
    carry_on(campaign)
    assert {type(mail).__base__ for mail in server.got} == {EmailMessage}
    assert len({mail.extra_headers["Message-ID"] for mail in server.got}) == 5
