"""The navigators are told that somebody asked, in numbers only."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from portal.clock import LONDON
from portal.emails.models import Suppression
from portal.emails.suppression import suppress
from portal.tasks import REGULAR
from selfreferral.actions.referrals import send_referral
from selfreferral.people import navigators, standing
from selfreferral.tasks import alert_navigator, put_back_what_lapsed, remind
from selfreferral.workflow import State, Who
from tests.conftest import Person
from tests.factories.selfreferral import WEDNESDAY, a_draft, a_referral, claimed

pytestmark = pytest.mark.django_db


def test_everybody_who_can_pick_up_is_told_how_many(
    navigator: Person, lead: Person, editor: Person, run_worker: Callable[[], None]
) -> None:
    now = timezone.now()
    a_referral(now=now - timedelta(days=10))
    referral = send_referral(key=a_draft(now=now), now=now)
    assert mail.outbox == []
    assert DBTaskResult.objects.get().args_kwargs == {"args": [], "kwargs": {}}
    run_worker()
    assert sorted(message.to[0] for message in mail.outbox) == ["lead@demo.example", "navigator@demo.example"]
    message = mail.outbox[0]
    assert message.subject == "People who asked: 2 new, 1 overdue"
    assert "http://localhost:8000/staff/referrals/" in message.body
    assert "2 people who asked are waiting" in message.body
    for secret in (referral.reference, referral.nickname, "Example", "energy"):
        assert secret not in message.message().as_string()


def test_one_person_is_told_of_as_one(navigator: Person, run_worker: Callable[[], None]) -> None:
    now = timezone.now()
    send_referral(key=a_draft(now=now), now=now)
    run_worker()
    assert "One person who asked is waiting" in mail.outbox[0].body
    assert "should have heard" not in mail.outbox[0].body


def test_whoever_asked_for_no_mail_gets_none(navigator: Person, run_worker: Callable[[], None]) -> None:
    suppress(address=navigator.user.email, reason=Suppression.Reason.ASKED)
    send_referral(key=a_draft(now=timezone.now()), now=timezone.now())
    run_worker()
    assert mail.outbox == []


def test_who_left_is_no_navigator(navigator: Person, other_navigator: Person, lead: Person, editor: Person) -> None:
    assert {user.email for user in navigators()} == {
        "navigator@demo.example",
        "other_navigator@demo.example",
        "lead@demo.example",
    }
    navigator.user.is_active = False
    navigator.user.save()
    other_navigator.user.groups.clear()
    assert {user.email for user in navigators()} == {"lead@demo.example"}


def test_what_somebody_is_to_a_referral(navigator: Person, lead: Person, editor: Person) -> None:
    referral = a_referral()
    assert standing(referral, editor.user) == frozenset()
    assert standing(referral, navigator.user) == {Who.NAVIGATOR}
    referral.owner = lead.user
    assert standing(referral, lead.user) == {Who.NAVIGATOR, Who.HOLDER, Who.LEAD}


def test_an_account_that_is_shut_has_no_standing(navigator: Person, settings: Any) -> None:
    navigator.user.is_active = False
    assert standing(a_referral(), navigator.user) == frozenset()


def test_a_mailbox_that_takes_no_mail_stops_nobody_else_and_is_tried_again(
    navigator: Person, lead: Person, run_worker: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def refuse_one(*, to: str, **rest: Any) -> bool:
        if to == lead.user.email:
            raise OSError("this mailbox is full")
        told.append(to)
        return True

    monkeypatch.setattr("selfreferral.tasks.send", refuse_one)
    send_referral(key=a_draft(now=timezone.now()), now=timezone.now())
    run_worker()
    assert told == [navigator.user.email]
    again = DBTaskResult.objects.filter(status="READY")
    assert [row.args_kwargs["kwargs"] for row in again] == [{"navigator_id": lead.user.pk, "tries": 1}]
    assert again[0].run_after is not None


def test_somebody_who_is_no_navigator_any_more_gets_no_alert(editor: Person) -> None:
    alert_navigator.call(navigator_id=editor.user.pk)
    assert mail.outbox == []


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("now", "is_told"),
    [
        (local(2026, 11, 25, 9), True),
        (local(2026, 11, 28, 9), False),  # a Saturday
        (local(2026, 12, 25, 9), False),  # Christmas
        (local(2026, 12, 28, 9), False),  # Boxing Day, observed
        (local(2026, 12, 29, 9), True),
    ],
)
def test_on_working_days_everybody_hears_who_is_overdue(navigator: Person, now: datetime, is_told: bool) -> None:
    a_referral()
    remind(now=now)
    assert DBTaskResult.objects.filter(task_path__endswith="alert_navigators").exists() == is_told


def test_where_nobody_waits_too_long_nobody_is_reminded(navigator: Person) -> None:
    claimed(by=navigator.user, now=WEDNESDAY)
    remind(now=WEDNESDAY + timedelta(days=1))
    assert not DBTaskResult.objects.exists()


def test_the_clock_is_minded_by_the_worker(navigator: Person) -> None:
    referral = claimed(by=navigator.user, now=timezone.now() - timedelta(hours=1))
    put_back_what_lapsed.call()
    referral.refresh_from_db()
    assert referral.state == State.NEW
    assert REGULAR["selfreferral.put_back_what_lapsed"].every == timedelta(minutes=1)
    assert REGULAR["selfreferral.tell_who_is_overdue"].daily_at == time(9)
