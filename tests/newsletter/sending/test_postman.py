"""Carrying a sending: everybody once, nobody skipped, whatever happens on the way."""

import smtplib
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from newsletter.actions import campaigns
from newsletter.actions.choosing import pause
from newsletter.actions.subscriptions import leave
from newsletter.links import reader_of_leave_link
from newsletter.models import Campaign, Delivery, Subscriber
from newsletter.sending import postman
from newsletter.sending.batches import LOOK_AROUND_AFTER
from newsletter.workflow import CampaignState, DeliveryState, Reason
from portal.emails.models import Suppression
from portal.emails.suppression import suppress
from tests.conftest import Person
from tests.factories.newsletter import a_campaign, readers, work_waiting
from tests.newsletter.conftest import Clock
from tests.newsletter.mail_server import MailServer

pytestmark = pytest.mark.django_db
CarryOn = Callable[[Campaign], Campaign]
FIVE = {f"reader{number}@example.org" for number in range(5)}


@pytest.fixture(autouse=True)
def _small_helpings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postman, "BATCH", 2)


@pytest.fixture
def campaign(editor: Person) -> Campaign:
    readers(5)
    return a_campaign(editor.user)


def counts(campaign: Campaign) -> Counter[str]:
    return campaign.deliveries.counts()


def test_each_reader_gets_one_copy_and_it_is_finished(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, clock: Clock
) -> None:
    carry_on(campaign)
    assert server.copies == Counter(FIVE)
    assert counts(campaign) == {DeliveryState.SUBMITTED: 5}
    assert (campaign.state, campaign.finished_at) == (CampaignState.SENT, clock.now)


def test_each_copy_has_its_reader_s_own_links_and_its_message_id(
    campaign: Campaign, carry_on: CarryOn, server: MailServer
) -> None:
    carry_on(campaign)
    for mail in server.got:
        reader = Subscriber.objects.with_address(mail.to[0]).get()
        copy = Delivery.objects.get(subscriber=reader)
        address = mail.extra_headers["List-Unsubscribe"].strip("<>")
        assert mail.extra_headers["Message-ID"] == copy.message_id
        assert reader_of_leave_link(address.rstrip("/").rsplit("/", 1)[1]) == reader
        for words in (str(mail.body), str(mail.alternatives[0][0])):  # type: ignore[attr-defined]
            assert address in words
            assert "LINK-OF-THIS-READER" not in words


def test_a_second_worker_on_a_finished_sending_does_nothing(
    campaign: Campaign, carry_on: CarryOn, server: MailServer
) -> None:
    carry_on(campaign)
    carry_on(campaign)
    assert server.copies == Counter(FIVE)


def test_a_sending_that_is_gone_does_no_harm(clock: Clock) -> None:
    postman.carry_on(12345, clock=clock)


def test_one_line_serves_a_whole_slice(campaign: Campaign, carry_on: CarryOn, server: MailServer) -> None:
    """Once each helping of a claim had a line of its own, and five readers took three."""
    carry_on(campaign)
    assert server.opened == 1


def test_after_a_slice_the_rest_goes_back_into_the_queue(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postman, "BATCHES_A_SLICE", 1)
    work_waiting("deliver_campaign")[0].delete()  # the worker has taken it
    carry_on(campaign)
    assert counts(campaign) == {DeliveryState.SUBMITTED: 2, DeliveryState.QUEUED: 3}
    assert len(work_waiting("deliver_campaign")) == 2  # the next slice and one later look
    carry_on(campaign)
    carry_on(campaign)
    assert server.copies == Counter(FIVE)
    assert campaign.state == CampaignState.SENT


# What goes wrong with one address -----------------------------------------------------------------


def only(address: str, error: Exception) -> Callable[[str], None]:
    def raises(at: str) -> None:
        if at == address:
            raise error

    return raises


def test_a_bad_address_stops_nobody_else(campaign: Campaign, carry_on: CarryOn, server: MailServer) -> None:
    bad = "reader1@example.org"
    server.before = only(bad, smtplib.SMTPRecipientsRefused({bad: (550, b"no such reader1@example.org")}))
    carry_on(campaign)
    assert server.copies == Counter(FIVE - {bad})
    failed = Delivery.objects.get(state=DeliveryState.FAILED)
    assert (failed.reason, failed.reply_code) == (Reason.REFUSED, 550)
    assert campaign.state == CampaignState.SENT


def test_not_now_is_tried_again_and_then_given_up(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, clock: Clock
) -> None:
    busy = "reader1@example.org"
    server.before = only(busy, smtplib.SMTPDataError(451, b"greylisted"))
    carry_on(campaign)
    assert (campaign.state, counts(campaign)[DeliveryState.QUEUED]) == (CampaignState.SENDING, 1)
    for _ in range(2):
        clock.wait(timedelta(minutes=10))
        Campaign.objects.update(next_look_at=clock.now)
        clock.wait(timedelta(minutes=10))
        Delivery.objects.update(not_before=None)
        carry_on(campaign)
    assert Delivery.objects.get(state=DeliveryState.FAILED).reason == Reason.TOO_MANY_TRIES
    assert campaign.state == CampaignState.SENT


def test_not_now_and_then_yes_gets_one_copy(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, clock: Clock
) -> None:
    busy = "reader1@example.org"
    server.before = only(busy, smtplib.SMTPDataError(451, b"greylisted"))
    carry_on(campaign)
    server.before = lambda address: None
    clock.wait(timedelta(minutes=11))
    carry_on(campaign)
    assert server.copies == Counter(FIVE)
    assert campaign.state == CampaignState.SENT


def test_a_cut_line_leaves_one_copy_uncertain_and_the_others_go_on_a_new_line(
    campaign: Campaign, carry_on: CarryOn, server: MailServer
) -> None:
    cut = "reader1@example.org"
    server.after = only(cut, smtplib.SMTPServerDisconnected("gone"))
    carry_on(campaign)
    carry_on(campaign)
    assert server.copies == Counter(FIVE)
    uncertain = Delivery.objects.get(state=DeliveryState.UNCERTAIN)
    assert (uncertain.subscriber and uncertain.subscriber.email, uncertain.reason) == (cut, Reason.CUT_OFF)
    assert campaign.state == CampaignState.SENT
    assert server.opened == 2


def test_a_line_that_cannot_be_opened_again_is_trouble(
    campaign: Campaign, carry_on: CarryOn, server: MailServer
) -> None:
    def shut_from_now_on(address: str) -> None:
        server.on_open = partial(_refuse, ConnectionRefusedError())
        raise smtplib.SMTPServerDisconnected("gone")

    server.after = shut_from_now_on
    carry_on(campaign)
    assert counts(campaign) == {DeliveryState.UNCERTAIN: 1, DeliveryState.QUEUED: 4}
    assert campaign.troubles == 1


def _refuse(error: Exception) -> None:
    raise error


# What goes wrong with the mail server -------------------------------------------------------------


def test_a_mail_server_that_is_down_is_tried_again_and_then_asks_for_a_person(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, clock: Clock, editor: Person
) -> None:
    server.on_open = partial(_refuse, ConnectionRefusedError())
    for _ in range(5):
        carry_on(campaign)
        clock.wait(postman.LOOK_AGAIN_AFTER)
    assert campaign.state == CampaignState.HELD
    assert counts(campaign) == {DeliveryState.QUEUED: 5}
    server.on_open = lambda: None
    campaigns.go_on(campaign=campaign, by=editor.user)
    carry_on(campaign)
    assert server.copies == Counter(FIVE)


def test_a_refused_password_fails_nobody(campaign: Campaign, carry_on: CarryOn, server: MailServer) -> None:
    server.before = only("reader0@example.org", smtplib.SMTPSenderRefused(535, b"sign in", "us@example.org"))
    carry_on(campaign)
    assert counts(campaign) == {DeliveryState.QUEUED: 5}
    assert campaign.troubles == 1


def test_when_it_works_again_the_troubles_are_forgotten(
    campaign: Campaign, carry_on: CarryOn, server: MailServer
) -> None:
    campaigns.start(campaign=campaign)
    campaigns.note_trouble(campaign=campaign, code=421)
    carry_on(campaign)
    assert campaign.troubles == 0


# Readers and editors change their minds -----------------------------------------------------------


def test_who_leaves_after_the_freezing_gets_nothing(campaign: Campaign, carry_on: CarryOn, server: MailServer) -> None:
    gone, paused, erased = Subscriber.objects.order_by("pk")[:3]
    leave(subscriber=gone)
    pause(subscriber=paused)
    erased.delete()
    carry_on(campaign)
    assert server.copies == Counter({"reader3@example.org", "reader4@example.org"})
    reasons = Counter(Delivery.objects.filter(state=DeliveryState.EXCLUDED).values_list("reason", flat=True))
    assert reasons == {Reason.LEFT: 2, Reason.PAUSED: 1}
    assert campaign.state == CampaignState.SENT


def test_an_address_that_complains_after_the_freezing_gets_nothing(
    campaign: Campaign, carry_on: CarryOn, server: MailServer
) -> None:
    suppress(address="READER2@example.org", reason=Suppression.Reason.COMPLAINED)
    carry_on(campaign)
    assert server.copies == Counter(FIVE - {"reader2@example.org"})
    assert Delivery.objects.get(state=DeliveryState.SUPPRESSED).reason == Reason.SUPPRESSED
    assert campaign.state == CampaignState.SENT


def test_on_hold_stops_between_two_mails_of_a_slow_line(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, clock: Clock, editor: Person
) -> None:
    """Copies begin a batch at a time now, so whether it is on hold is asked between batches, and every two seconds."""

    def editor_holds(address: str) -> None:
        clock.wait(LOOK_AROUND_AFTER)
        if address == "reader0@example.org":
            campaigns.hold(campaign=Campaign.objects.get(), because="A wrong date.", by=editor.user)

    server.after = editor_holds
    carry_on(campaign)
    assert counts(campaign) == {DeliveryState.SUBMITTED: 1, DeliveryState.QUEUED: 4}
    carry_on(campaign)
    assert len(server.got) == 1
    campaigns.go_on(campaign=campaign, by=editor.user)
    carry_on(campaign)
    assert server.copies == Counter(FIVE)


def test_on_hold_stops_a_quick_line_after_the_batch(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, editor: Person
) -> None:
    def editor_holds(address: str) -> None:
        if address == "reader0@example.org":
            campaigns.hold(campaign=Campaign.objects.get(), because="A wrong date.", by=editor.user)

    server.after = editor_holds
    carry_on(campaign)
    assert counts(campaign) == {DeliveryState.SUBMITTED: postman.BATCH, DeliveryState.QUEUED: 5 - postman.BATCH}


def test_a_sending_that_is_late_asks_before_its_first_mail(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, clock: Clock
) -> None:
    clock.wait(timedelta(minutes=16))
    carry_on(campaign)
    assert campaign.state == CampaignState.HELD
    assert "earlier" in campaign.held_because
    assert server.got == []


def test_a_sending_that_comes_back_from_an_old_copy_asks_before_going_on(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postman, "BATCHES_A_SLICE", 1)
    carry_on(campaign)
    clock.wait(timedelta(hours=5))
    carry_on(campaign)
    assert campaign.state == CampaignState.HELD
    assert len(server.got) == 2
