"""Slices of a sending and what lies in the queue: one next slice, no second chain, nothing held on to after an error."""

import smtplib
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection

from newsletter.actions import campaigns
from newsletter.models import Campaign, Delivery
from newsletter.sending import postman
from newsletter.workflow import DeliveryState
from tests.conftest import Person
from tests.factories.newsletter import a_campaign, readers, work_waiting
from tests.newsletter.mail_server import MailServer

pytestmark = pytest.mark.django_db
CarryOn = Callable[[Campaign], Campaign]


@pytest.fixture(autouse=True)
def _small_helpings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postman, "BATCH", 2)


@pytest.fixture
def campaign(editor: Person) -> Campaign:
    readers(5)
    return a_campaign(editor.user)


def _refuse(error: Exception) -> None:
    raise error


def test_looks_never_make_a_second_chain_of_slices(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once each later look did a slice and queued its own next one: one more chain every ten minutes."""
    monkeypatch.setattr(postman, "BATCHES_A_SLICE", 1)
    work_waiting("deliver_campaign")[0].delete()
    for _ in range(2):  # a slice, and a look beside it while the next slice waits
        carry_on(campaign)
    slices = [work for work in work_waiting("deliver_campaign") if work.run_after != campaign.next_look_at]
    assert len(slices) == 1


def test_a_cancelling_while_the_mail_server_is_in_trouble_is_no_error(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing_to_hold(**_: object) -> None:
        raise campaigns.CannotSend("This sending is not under way.")

    monkeypatch.setattr(campaigns, "hold", nothing_to_hold)
    Campaign.objects.update(troubles=4)
    server.on_open = partial(_refuse, ConnectionRefusedError())
    carry_on(campaign)
    assert campaign.deliveries.counts() == {DeliveryState.QUEUED: 5}
    assert not Delivery.objects.exclude(claimed_by="").exists()


def test_an_error_that_nobody_foresaw_lets_go_of_what_had_not_begun(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postman, "write_down", lambda *_, **__: _refuse(RuntimeError()))
    with pytest.raises(RuntimeError):
        carry_on(campaign)
    assert Delivery.objects.exclude(claimed_by="").count() == postman.BATCH


def test_where_workers_share_one_is_called_and_where_nothing_goes_none(
    campaign: Campaign, carry_on: CarryOn, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slice that called before it had sent anything would call itself, again and again, for as long as all must wait."""
    monkeypatch.setattr(connection.features, "has_select_for_update_skip_locked", True)
    monkeypatch.setattr(connection.features, "has_select_for_update", False)
    work_waiting("deliver_campaign")[0].delete()
    monkeypatch.setattr(postman, "BATCHES_A_SLICE", 1)
    carry_on(campaign)
    called = [work for work in work_waiting("deliver_campaign") if work.run_after != campaign.next_look_at]
    assert len(called) == 1
    called[0].delete()
    server.before = lambda address: _refuse(smtplib.SMTPDataError(451, b"not now"))
    monkeypatch.setattr(postman, "BATCHES_A_SLICE", 9)
    carry_on(campaign)
    assert not [work for work in work_waiting("deliver_campaign") if work.run_after != campaign.next_look_at]
