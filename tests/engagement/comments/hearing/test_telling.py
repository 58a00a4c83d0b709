"""Who gets a letter, when it goes, and what it says by then."""

import logging
import smtplib
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from engagement.comments.actions.answering import respond
from engagement.comments.actions.moderating import decide, undo
from engagement.comments.hearing.links import comment_of_yours_link, follower_of_stop_link
from engagement.comments.hearing.telling import LETTERS, letter, tell, write
from engagement.comments.models import Addition, Follower
from portal.emails.models import Suppression
from portal.emails.suppression import suppress
from portal.geo.coordinates import Point
from tests.conftest import Person
from tests.factories.comments import MONDAY, make_comment, make_published
from tests.factories.following import forget_work, link_in, make_follower, waiting_work

pytestmark = pytest.mark.django_db
RunWorker = Callable[[], None]


@pytest.fixture
def a_letter() -> Iterator[str]:
    """A letter that has the answer's template and is about nothing."""
    LETTERS["test"] = lambda follower, about: None
    yield "test"
    del LETTERS["test"]


def token_in(path: str) -> str:
    return path.rstrip("/").rsplit("/", 1)[1]


def test_every_person_gets_one_letter_however_many_comments_they_follow(a_letter: str) -> None:
    bins, bench = make_comment(), make_comment("The bench is broken.")
    make_follower(bins)
    author = make_follower(bench, "Ann@Example.org", is_author=True)
    ben = make_follower(bins, "ben@example.org")
    make_follower(bins, "cat@example.org", is_confirmed=False)
    assert tell(comments=[bins, bench], kind=a_letter, about=7) == 2
    assert sorted(work["follower_id"] for work in waiting_work("send_letter")) == [author.pk, ben.pk]
    assert {work["about"] for work in waiting_work("send_letter")} == {7}
    forget_work()
    assert tell(comments=[bins, bench], kind=a_letter, only_author=True) == 1
    assert [work["follower_id"] for work in waiting_work("send_letter")] == [author.pk]


def test_a_letter_that_nobody_declared_is_not_told(a_letter: str) -> None:
    with pytest.raises(ValueError, match="no letter"):
        tell(comments=[], kind="nonsense")
    with pytest.raises(ValueError, match="already"):
        letter(a_letter)(lambda follower, about: {})


def test_author_and_supporter_hear_of_an_answer_and_each_can_leave(coordinator: Person, run_worker: RunWorker) -> None:
    comment = make_published(by=coordinator.user, where_words="the back lane")
    make_follower(comment, is_author=True)
    supporter = make_follower(comment, "ben@example.org")
    respond(comment=comment, words="Clips are coming.\n\nFrom the council & us.", by=coordinator.user)
    run_worker()
    to_author, to_supporter = sorted(mail.outbox, key=lambda sent: sent.to)
    assert to_author.subject == "An answer to your comment about the back lane"
    assert to_supporter.subject == "An answer to a comment about the back lane"
    for sent in mail.outbox:
        assert "Clips are coming.\n\nFrom the council & us." in sent.body
        assert f"/have-your-say/comments/{comment.reference}/" in sent.body
        assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "You asked to hear about this" in to_supporter.body
    assert "/have-your-say/yours/" not in to_supporter.body
    assert comment_of_yours_link(token_in(link_in(to_author.body, "/have-your-say/yours/"))) == comment
    stop = link_in(to_supporter.body, "/have-your-say/stop/")
    assert to_supporter.extra_headers["List-Unsubscribe"] == f"<http://localhost:8000{stop}>"
    assert follower_of_stop_link(token_in(stop)) == (True, supporter)
    html = str(to_author.alternatives[0][0])  # type: ignore[attr-defined]
    assert "<p>Clips are coming.</p>" in html
    assert "the council &amp; us" in html


def test_who_said_stop_meanwhile_gets_nothing(coordinator: Person, run_worker: RunWorker) -> None:
    comment = make_published(by=coordinator.user)
    make_follower(comment)
    make_follower(comment, "ben@example.org")
    respond(comment=comment, words="Clips are coming.", by=coordinator.user)
    Follower.objects.at("ann@example.org").delete()
    suppress(address="ben@example.org", reason=Suppression.Reason.COMPLAINED)
    run_worker()
    assert mail.outbox == []


def test_an_author_hears_that_a_comment_is_shown_after_second_thoughts(coordinator: Person) -> None:
    comment = make_comment()
    follower = make_follower(comment, is_author=True)
    make_follower(comment, "ben@example.org")
    first = decide(comment=comment, change="publish", by=coordinator.user, now=MONDAY)
    assert waiting_work("send_letter") == [{"follower_id": follower.pk, "kind": "published", "about": first.pk}]
    undo(comment=comment, by=coordinator.user)
    write(follower.pk, "published", first.pk)
    assert mail.outbox == []
    second = decide(comment=comment, change="publish", by=coordinator.user, now=MONDAY + timedelta(minutes=5))
    write(follower.pk, "published", first.pk)
    assert mail.outbox == []
    write(follower.pk, "published", second.pk)
    (sent,) = mail.outbox
    assert sent.subject == "Your comment is on the site"
    assert "We mean to answer by Monday 30 March" in sent.body


def test_no_answer_is_promised_that_was_given_meanwhile(coordinator: Person) -> None:
    comment = make_comment()
    follower = make_follower(comment, is_author=True)
    decision = decide(comment=comment, change="publish", by=coordinator.user, now=MONDAY)
    respond(comment=comment, words="Clips are coming.", by=coordinator.user)
    write(follower.pk, "published", decision.pk)
    (sent,) = mail.outbox
    assert "We mean to answer" not in sent.body
    assert "There is an answer with it already." in sent.body


@pytest.mark.parametrize(
    ("where", "end"),
    [
        ({"postcode": "SR8 4HQ"}, " around SR8 4HQ"),
        ({"where_words": "the back lane"}, " about the back lane"),
        ({"pin": Point(54.76, -1.31)}, " about a place on the map"),
    ],
)
def test_the_subject_of_an_answer_reads_well(coordinator: Person, where: dict[str, Any], end: str) -> None:
    comment = make_published(by=coordinator.user, **where)
    follower = make_follower(comment, is_author=True)
    response = respond(comment=comment, words="Clips are coming.", by=coordinator.user)
    write(follower.pk, "answered", response.pk)
    assert mail.outbox[0].subject == f"An answer to your comment{end}"


def test_nothing_is_told_of_what_is_not_shown_any_more(coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    follower = make_follower(comment, is_author=True)
    response = respond(comment=comment, words="Thank you.", by=coordinator.user)
    addition = Addition.objects.create(comment=comment, words="More", added_at=MONDAY)
    write(follower.pk, "added_words", addition.pk)
    decide(comment=comment, change="hold", by=coordinator.user, reason="personal")
    write(follower.pk, "answered", response.pk)
    write(follower.pk, "answered", 0)
    assert mail.outbox == []


def test_an_author_hears_that_added_words_are_shown(coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    follower = make_follower(comment, is_author=True)
    addition = Addition.objects.create(comment=comment, words="More", added_at=MONDAY, status="published")
    write(follower.pk, "added_words", addition.pk)
    assert mail.outbox[0].subject == "The words that you added are on the site"


@pytest.mark.parametrize(
    ("error", "is_tried_again"),
    [
        (smtplib.SMTPServerDisconnected("ann@example.org"), True),
        (smtplib.SMTPResponseException(451, b"ann@example.org later"), True),
        (smtplib.SMTPResponseException(550, b"ann@example.org never"), False),
    ],
)
def test_a_mail_server_in_trouble_is_tried_again_and_no_address_is_logged(
    coordinator: Person,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    is_tried_again: bool,
) -> None:
    comment = make_published(by=coordinator.user)
    follower = make_follower(comment)
    response = respond(comment=comment, words="Thank you.", by=coordinator.user)
    forget_work()

    def fail(**mail: Any) -> bool:
        raise error

    monkeypatch.setattr("engagement.comments.hearing.telling.send", fail)
    with caplog.at_level(logging.WARNING):
        write(follower.pk, "answered", response.pk)
        write(follower.pk, "answered", response.pk, tries=99)
    again = {"follower_id": follower.pk, "kind": "answered", "about": response.pk, "tries": 1}
    assert waiting_work("send_letter") == ([again] if is_tried_again else [])
    assert "Letter answered to follower" in caplog.text
    assert "ann@example.org" not in caplog.text
