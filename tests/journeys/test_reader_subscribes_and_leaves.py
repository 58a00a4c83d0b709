"""A reader finds the newspaper, asks for it, confirms, gets an issue, chooses, and leaves by one press in the mail program."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail

from newsletter.actions.campaigns import freeze
from newsletter.models import Subscriber
from newsletter.workflow import SubscriberState
from tests.conftest import Person
from tests.factories.newsletter import an_issue


def path_in(words: object, start: str) -> str:
    """The path of the first link in a mail that leads there."""
    return start + str(words).split(f"http://localhost:8000{start}", 1)[1].split()[0]


@pytest.mark.django_db
@pytest.mark.usefixtures("as_a_person")
def test_a_reader_subscribes_and_leaves(
    resident: Person, editor: Person, run_worker: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsletter.actions.campaigns.UNDO_FOR", timedelta(0))

    # She reads the newest issue and asks to get the next one.
    issue = an_issue()
    assert "Winter in Horden" in resident.get("/news/").content.decode()
    assert 'href="/news/subscribe/"' in resident.get(issue.path_on_site).content.decode()
    form = resident.get("/news/subscribe/").context["form"]
    asked = resident.post(
        "/news/subscribe/", {"email": "ann@example.org", "shown": form.initial["shown"], "website": ""}, follow=True
    )
    assert "Look in your mail" in asked.content.decode()

    # A mail comes. Opening its link does nothing yet, pressing the button does.
    run_worker()
    question = mail.outbox.pop()
    confirm = path_in(question.body, "/news/confirm/")
    assert "Yes, send it to me" in resident.get(confirm).content.decode()
    reader = Subscriber.objects.get()
    assert reader.state == SubscriberState.PENDING
    assert "You will get the newspaper" in resident.post(confirm).content.decode()

    # The issue is sent, and she gets it.
    freeze(issue=issue, by=editor.user)
    run_worker()
    paper = mail.outbox.pop()
    assert paper.to == ["ann@example.org"]
    assert "The hall is warm again" in paper.body

    # By the link at its foot she takes a pause and then has it sent again.
    choices = path_in(paper.body, "/news/preferences/")
    assert "send nothing until" in resident.post(choices, {"do": "pause", "pause": "back"}).content.decode()
    assert "You will get the newspaper again" in resident.post(choices, {"do": "start"}).content.decode()

    # In the end she presses "unsubscribe" in her mail program, which brings no cookie.
    leave = paper.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    mail_program = Person(enforce_csrf_checks=True)
    assert mail_program.post(leave, {"List-Unsubscribe": "One-Click"}).status_code == 200
    reader.refresh_from_db()
    assert reader.state == SubscriberState.LEFT
    assert "You are off the list" in resident.get(leave).content.decode()
    assert mail.outbox == []
