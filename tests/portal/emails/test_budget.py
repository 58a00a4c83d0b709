"""Strangers may have us send so many mails a day: what is over waits or stays, the page says the same, and staff can raise it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.utils import timezone

from portal.audit.models import AuditEvent
from portal.clock import LONDON
from portal.emails.budget import MOST_FOR_ONE, MustWait, Purse, Spent, allow_today, spend, today, waiting
from portal.emails.models import StrangersAddress, StrangersDay
from portal.emails.sending import send
from portal.refusals import Refused
from tests.conftest import Person

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=LONDON)


def asked(count: int, *, now: datetime = NOON) -> list[str]:
    return [spend(address=f"p{number}@example.org", purse=Purse.FORMS, now=now) for number in range(count)]


def test_so_many_go_a_day_and_the_next_day_begins_anew(settings: Any) -> None:
    settings.STRANGERS_MAILS_A_DAY = 2
    assert asked(3) == [Spent.GOES, Spent.GOES, Spent.WAITS]
    assert asked(1, now=NOON + timedelta(days=1)) == [Spent.GOES]
    day = today(NOON)
    assert (day.sent, day.waited, day.not_sent) == (2, 1, 0)


def test_one_address_gets_its_share_however_it_is_typed_and_by_whatever_form() -> None:
    def one(address: str) -> Spent:
        return spend(address=address, purse=Purse.FORMS, now=NOON)

    assert {one("ann@example.org") for _ in range(MOST_FOR_ONE)} == {Spent.GOES}
    assert one(" Ann@Example.org") == Spent.STAYS
    assert one("bob@example.org") == Spent.GOES
    assert today(NOON).not_sent == 1


def test_codes_to_sign_in_have_a_purse_of_their_own(settings: Any) -> None:
    settings.STRANGERS_MAILS_A_DAY = 1
    assert asked(2)[-1] == Spent.WAITS
    assert spend(address="staff@example.org", purse=Purse.SIGN_IN, now=NOON) == Spent.GOES


def test_what_one_address_would_get_beyond_its_share_uses_up_nobody_elses(settings: Any) -> None:
    settings.STRANGERS_MAILS_A_DAY = MOST_FOR_ONE + 1
    for _ in range(MOST_FOR_ONE + 5):
        spend(address="ann@example.org", purse=Purse.FORMS, now=NOON)
    assert spend(address="bob@example.org", purse=Purse.FORMS, now=NOON) == Spent.GOES


def test_the_one_door_asks_only_for_mails_that_strangers_cause(settings: Any) -> None:
    settings.STRANGERS_MAILS_A_DAY = 0
    with patch("portal.emails.sending.render_to_string", return_value="words"):
        assert send(to="staff@example.org", template="x", context={})
        with pytest.raises(MustWait):
            send(to="ann@example.org", template="x", context={}, caused_by_stranger=True)
    assert [message.to for message in mail.outbox] == [["staff@example.org"]]


def test_what_the_mail_server_did_not_take_is_given_back(settings: Any) -> None:
    words = patch("portal.emails.sending.render_to_string", return_value="words")
    down = patch("django.core.mail.EmailMultiAlternatives.send", side_effect=SMTPServerDisconnected)
    with words, down, pytest.raises(SMTPServerDisconnected):
        send(to="ann@example.org", template="x", context={}, caused_by_stranger=True)
    assert StrangersDay.objects.get().sent == 0
    assert StrangersAddress.objects.get().mails == 0


def test_the_page_says_the_same_the_mail_waits_and_goes_when_staff_raise_the_budget(
    resident: Person, coordinator: Person, settings: Any, run_worker: Callable[[], None], as_a_person: None
) -> None:
    def subscribe(address: str) -> str:
        page = resident.get("/news/subscribe/")
        typed = {"email": address, "shown": page.context["form"].initial["shown"], "how": "email"}
        return str(resident.post("/news/subscribe/", typed)["Location"])

    settings.STRANGERS_MAILS_A_DAY = 1
    assert subscribe("ann@example.org") == subscribe("bob@example.org")
    run_worker()
    assert [message.to for message in mail.outbox] == [["ann@example.org"]]
    now = timezone.now()
    assert waiting(now).count() == today(now).waited == 1
    run_worker()
    allow_today(mails=2, by=coordinator.user, now=timezone.now())
    run_worker()
    assert [message.to for message in mail.outbox] == [["ann@example.org"], ["bob@example.org"]]
    event = AuditEvent.objects.get(action="emails.raise_budget")
    assert event.detail == {"was": 1, "now": 2, "freed": 1}


@pytest.mark.parametrize("mails", [0, 1, 300, 100_001])
def test_the_budget_of_a_day_is_raised_never_lowered_and_within_reason(mails: int, coordinator: Person) -> None:
    with pytest.raises(Refused, match="Say a number"):
        allow_today(mails=mails, by=coordinator.user, now=NOON)


def test_one_address_has_another_hash_on_another_day() -> None:
    asked(1)
    asked(1, now=NOON + timedelta(days=1))
    assert StrangersAddress.objects.values("address_hash").distinct().count() == 2
