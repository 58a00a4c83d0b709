"""Who is due this morning, and what each is told."""

import logging
import smtplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from engagement.comments.actions.alerting import end_alert
from engagement.comments.hearing.alerts import hand_out, write_alert
from engagement.comments.hearing.links import alert_of_end_link
from engagement.comments.models import Alert
from portal.tasks import REGULAR
from tests.conftest import Person
from tests.factories.comments import MONDAY, make_published
from tests.factories.following import MIDDLE, link_in, make_alert, waiting_work

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def said(by: Person, *, now: Any = MONDAY + timedelta(hours=3), words: str = "The bins blow over.") -> None:
    make_published(words, by=by.user, pin=MIDDLE, now=now)


def test_daily_ones_are_due_each_morning_and_weekly_ones_after_a_week() -> None:
    daily, weekly = make_alert(often="daily"), make_alert("ben@example.org", often="weekly")
    make_alert("cat@example.org", is_confirmed=False)
    assert hand_out(now=MONDAY + timedelta(hours=10)) == 0
    assert hand_out(now=MONDAY + DAY) == 1
    assert waiting_work("send_alert") == [{"alert_id": daily.pk}]
    assert hand_out(now=MONDAY + 7 * DAY) == 2
    assert waiting_work("send_alert")[-1] == {"alert_id": weekly.pk}


def test_an_alert_says_what_is_new_and_how_to_leave(coordinator: Person) -> None:
    alert = make_alert(often="weekly")
    said(coordinator)
    assert write_alert(alert.pk, now=MONDAY + 7 * DAY)
    (sent,) = mail.outbox
    assert sent.to == ["ann@example.org"]
    assert sent.subject == "Around Third Street: one thing is new"
    for part in (sent.body, str(sent.alternatives[0][0])):  # type: ignore[attr-defined]
        assert "The bins blow over." in part
        assert "once a week" in part
        assert "/have-your-say/?bbox=-1.3" in part
    stop = link_in(sent.body, "/have-your-say/alerts/stop/")
    assert sent.extra_headers["List-Unsubscribe"] == f"<http://localhost:8000{stop}>"
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert alert_of_end_link(stop.rstrip("/").rsplit("/", 1)[1]) == (True, alert)
    assert Alert.objects.get().told_until == MONDAY + 7 * DAY
    assert not write_alert(alert.pk, now=MONDAY + 8 * DAY)
    assert len(mail.outbox) == 1


def test_nothing_new_is_no_mail_and_the_next_news_comes_next_morning(coordinator: Person) -> None:
    alert = make_alert(often="weekly")
    assert not write_alert(alert.pk, now=MONDAY + 7 * DAY)
    assert Alert.objects.get().told_until == MONDAY
    said(coordinator, now=MONDAY + 8 * DAY)
    assert hand_out(now=MONDAY + 9 * DAY) == 1
    assert write_alert(alert.pk, now=MONDAY + 9 * DAY)
    assert hand_out(now=MONDAY + 15 * DAY) == 0
    assert hand_out(now=MONDAY + 16 * DAY) == 1


def test_a_long_list_is_ten_and_a_link(coordinator: Person) -> None:
    alert = make_alert()
    for number in range(14):
        said(coordinator, words=f"Comment {number}")
    write_alert(alert.pk, now=MONDAY + DAY)
    body = mail.outbox[0].body
    assert mail.outbox[0].subject == "Around Third Street: 14 things are new"
    assert str(body).count("* Comment") == 10
    assert "And 4 more." in body


def test_who_left_meanwhile_gets_nothing(coordinator: Person) -> None:
    alert = make_alert()
    said(coordinator)
    end_alert(alert=alert)
    assert not write_alert(alert.pk, now=MONDAY + DAY)
    assert mail.outbox == []


def test_the_same_news_goes_out_once_where_two_workers_write(
    coordinator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = make_alert()
    said(coordinator)
    monkeypatch.setattr("engagement.comments.hearing.alerts.move_on", lambda **asked: False)
    assert not write_alert(alert.pk, now=MONDAY + DAY)
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("error", "is_told_tomorrow"),
    [
        (smtplib.SMTPServerDisconnected("ann@example.org"), False),
        (smtplib.SMTPResponseException(421, b"ann@example.org busy"), True),
        (smtplib.SMTPResponseException(451, b"ann@example.org later"), True),
        (smtplib.SMTPResponseException(550, b"ann@example.org never"), False),
    ],
)
def test_news_that_plainly_did_not_go_is_told_the_next_morning(
    coordinator: Person,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    is_told_tomorrow: bool,
) -> None:
    alert = make_alert()
    said(coordinator)

    def fail(**mail: Any) -> bool:
        raise error

    monkeypatch.setattr("engagement.comments.hearing.alerts.send", fail)
    with caplog.at_level(logging.WARNING):
        assert not write_alert(alert.pk, now=MONDAY + DAY)
    assert (Alert.objects.get().told_until == MONDAY) is is_told_tomorrow
    assert f"Alert {alert.pk} did not go" in caplog.text
    assert "ann@example.org" not in caplog.text


def test_the_worker_sends_and_forgets_every_day(run_worker: Callable[[], None]) -> None:
    make_alert(is_confirmed=False)
    for name in ("comments.send_alerts", "privacy.keep_promises"):
        assert REGULAR[name].daily_at
        REGULAR[name].work.enqueue()
    run_worker()
    assert not Alert.objects.exists()
