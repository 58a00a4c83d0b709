"""The mail that asks whether an address is somebody's own."""

import logging
import smtplib
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail

from engagement.comments.actions.alerting import ask_for_alert
from engagement.comments.actions.following import ask_to_hear
from engagement.comments.hearing.first_mails import ask_follower, ask_owner
from engagement.comments.hearing.links import alert_of_confirm_link, follower_of_hear_link
from tests.factories.comments import MONDAY, make_comment
from tests.factories.following import MIDDLE, forget_work, link_in, make_alert, make_follower, waiting_work

pytestmark = pytest.mark.django_db
RunWorker = Callable[[], None]


def token_in(path: str) -> str:
    return path.rstrip("/").rsplit("/", 1)[1]


@pytest.mark.parametrize(("is_author", "words"), [(True, "their comment"), (False, "about comment")])
def test_a_follower_is_asked_and_is_told_nothing_of_the_comment(
    run_worker: RunWorker, is_author: bool, words: str
) -> None:
    comment = make_comment("The bins blow over.")
    follower = ask_to_hear(comment=comment, address="ann@example.org", is_author=is_author)
    run_worker()
    (sent,) = mail.outbox
    assert sent.to == ["ann@example.org"]
    assert sent.subject.startswith("Shall we tell you what becomes of")
    assert words in sent.body
    assert follower_of_hear_link(token_in(link_in(sent.body, "/have-your-say/hear/"))) == follower
    # Somebody may have mistyped: a stranger learns neither the words nor the key to the comment.
    for part in (sent.body, str(sent.alternatives[0][0])):  # type: ignore[attr-defined]
        assert "bins" not in part
        assert "/yours/" not in part


def test_the_owner_of_an_alert_is_asked(run_worker: RunWorker) -> None:
    alert = ask_for_alert(address="ann@example.org", words="SR8 4LX", point=MIDDLE, often="weekly")
    run_worker()
    (sent,) = mail.outbox
    assert sent.subject == "Shall we tell you what is new around SR8 4LX?"
    assert "once a week" in sent.body
    assert alert_of_confirm_link(token_in(link_in(sent.body, "/have-your-say/alerts/confirm/"))) == alert


def test_nobody_is_asked_who_said_yes_already_or_is_gone() -> None:
    follower, alert = make_follower(make_comment()), make_alert()
    ask_follower(follower.pk, tries=0)
    ask_owner(alert.pk, tries=0)
    ask_follower(0, tries=0)
    ask_owner(0, tries=0)
    assert mail.outbox == []


def test_a_mail_server_that_does_not_answer_is_tried_again_a_few_times(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    follower, alert = make_follower(make_comment(), is_confirmed=False), make_alert(is_confirmed=False)
    forget_work()

    def fail(**mail: Any) -> bool:
        raise smtplib.SMTPServerDisconnected("ann@example.org")

    monkeypatch.setattr("engagement.comments.hearing.first_mails.send", fail)
    with caplog.at_level(logging.WARNING):
        ask_follower(follower.pk, tries=0)
        ask_follower(follower.pk, tries=99)
        ask_owner(alert.pk, tries=2)
        ask_owner(alert.pk, tries=99)
    assert waiting_work("ask_whether_theirs") == [{"follower_id": follower.pk, "tries": 1}]
    assert waiting_work("ask_about_alert") == [{"alert_id": alert.pk, "tries": 3}]
    assert "ann@example.org" not in caplog.text


def test_an_address_that_is_none_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    follower = make_follower(make_comment(), is_confirmed=False)
    forget_work()

    def fail(**mail: Any) -> bool:
        raise smtplib.SMTPResponseException(550, b"no")

    monkeypatch.setattr("engagement.comments.hearing.first_mails.send", fail)
    ask_follower(follower.pk, tries=0)
    assert waiting_work("ask_whether_theirs") == []
    assert follower.asked_at == MONDAY
