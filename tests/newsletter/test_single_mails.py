"""The answer to somebody who asked, and an editor's test."""

import logging
import smtplib
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail

from newsletter.actions.campaigns import ask_for_test
from newsletter.actions.subscriptions import ask
from newsletter.links import consent_of_confirm_link, reader_of_preferences_link
from newsletter.models import Consent
from newsletter.single_mails import answer_asking, send_test
from newsletter.workflow import SubscriberState
from portal.emails.again import WAITS
from portal.emails.models import Suppression
from portal.emails.suppression import suppress
from tests.conftest import Person
from tests.factories.newsletter import a_reader, an_issue, work_waiting

pytestmark = pytest.mark.django_db
RunWorker = Callable[[], None]


def link_in(words: object) -> str:
    return next(word for word in str(words).split() if word.startswith("http"))


def token_in(words: object) -> str:
    return link_in(words).rstrip("/").rsplit("/", 1)[1]


@pytest.mark.parametrize("state", [None, SubscriberState.PENDING, SubscriberState.LEFT])
def test_who_does_not_get_it_yet_is_asked_to_confirm(state: SubscriberState | None, run_worker: RunWorker) -> None:
    if state:
        a_reader("ann@example.org", state=state)
    ask(email="ann@example.org")
    run_worker()
    (sent,) = mail.outbox
    assert sent.to == ["ann@example.org"]
    assert sent.subject == "Shall we send you the newspaper?"
    assert consent_of_confirm_link(token_in(sent.body)) == Consent.objects.get()
    assert link_in(sent.body) in str(sent.alternatives[0][0])  # type: ignore[attr-defined]


def test_who_gets_it_already_is_told_so(run_worker: RunWorker) -> None:
    reader = a_reader("ann@example.org")
    ask(email="ann@example.org")
    run_worker()
    (sent,) = mail.outbox
    assert sent.subject == "You get the newspaper already"
    assert reader_of_preferences_link(token_in(sent.body)) == reader
    assert "/news/confirm/" not in sent.body


def test_an_address_that_asked_us_to_stop_gets_nothing(run_worker: RunWorker) -> None:
    suppress(address="ann@example.org", reason=Suppression.Reason.COMPLAINED)
    ask(email="ann@example.org")
    run_worker()
    assert mail.outbox == []


def test_an_asking_that_is_erased_meanwhile_is_forgotten() -> None:
    answer_asking(12345, tries=0)
    assert mail.outbox == []


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], None]:
    def set_up(error: Exception) -> None:
        def send(**_: Any) -> bool:
            raise error

        monkeypatch.setattr("newsletter.single_mails.send", send)

    return set_up


def test_a_mail_server_that_is_down_is_tried_again_a_few_times(
    failing: Callable[[Exception], None], caplog: pytest.LogCaptureFixture
) -> None:
    failing(smtplib.SMTPServerDisconnected("ann@example.org"))
    ask(email="ann@example.org")
    consent = Consent.objects.get()
    already = len(work_waiting("send_first_mail"))
    with caplog.at_level(logging.WARNING):
        for tries in range(len(WAITS) + 1):
            answer_asking(consent.pk, tries=tries)
    again = work_waiting("send_first_mail")[: len(WAITS)]
    assert len(work_waiting("send_first_mail")) - already == len(WAITS)
    assert [work.args_kwargs["kwargs"]["tries"] for work in again] == [1, 2, 3, 4]
    assert "ann@" not in caplog.text


def test_an_address_that_is_refused_is_not_tried_again(failing: Callable[[Exception], None]) -> None:
    failing(smtplib.SMTPRecipientsRefused({"ann@example.org": (550, b"no")}))
    ask(email="ann@example.org")
    already = len(work_waiting("send_first_mail"))
    answer_asking(Consent.objects.get().pk, tries=0)
    assert len(work_waiting("send_first_mail")) == already


def test_an_editor_gets_the_newest_draft_with_example_links(editor: Person, run_worker: RunWorker) -> None:
    issue = an_issue()
    issue.title = "A better title"
    issue.save_revision()
    ask_for_test(issue=issue, by=editor.user)
    run_worker()
    (sent,) = mail.outbox
    assert sent.to == [editor.user.email]
    assert sent.subject == "Test: A better title"
    assert "/news/u/example/" in sent.body


def test_a_test_of_an_issue_that_is_gone_is_forgotten(editor: Person) -> None:
    send_test(12345, editor.user.pk, tries=0)
    send_test(an_issue().pk, 12345, tries=0)
    assert mail.outbox == []


@pytest.mark.parametrize(("code", "more"), [(550, 0), (451, 1)], ids=["for good", "for now"])
def test_a_test_that_is_refused_quotes_no_address_and_is_tried_again_where_that_helps(
    code: int, more: int, editor: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(**_: Any) -> bool:
        raise smtplib.SMTPRecipientsRefused({editor.user.email: (code, b"no")})

    monkeypatch.setattr("newsletter.single_mails.send_written", refuse)
    with caplog.at_level(logging.WARNING):
        send_test(an_issue().pk, editor.user.pk, tries=0)
    assert len(work_waiting("send_test_mail")) == more
    assert "did not go" in caplog.text
    assert editor.user.email not in caplog.text
