"""A mail that did not go is tried again a few times, and a bad address is not."""

import smtplib
from datetime import timedelta

import pytest
from anymail.exceptions import AnymailAPIError, AnymailInvalidAddress
from django.core.mail import BadHeaderError
from django.template import TemplateSyntaxError
from django_tasks_db.models import DBTaskResult

from portal.emails.again import tried_again
from portal.tasks import task

pytestmark = pytest.mark.django_db
WAITS = (timedelta(minutes=1), timedelta(hours=1))


@task()
def write_somebody(*, number: int, tries: int = 0) -> None:
    """Stands for the work that sends a mail."""


def send(error: Exception | None, *, tries: int = 0) -> None:
    with tried_again(write_somebody, mail="Mail 7", tries=tries, waits=WAITS, number=7):
        if error is not None:
            raise error


def waiting() -> list[dict[str, int]]:
    return [work.args_kwargs["kwargs"] for work in DBTaskResult.objects.all()]


def test_what_went_is_done() -> None:
    send(None)
    assert waiting() == []


@pytest.mark.parametrize("error", [smtplib.SMTPServerDisconnected("gone"), OSError("no route"), TimeoutError()])
def test_a_mail_server_in_trouble_is_tried_again_with_the_same_words(error: Exception) -> None:
    send(error, tries=1)
    assert waiting() == [{"number": 7, "tries": 2}]


def test_it_ends_after_the_last_wait() -> None:
    send(OSError("no route"), tries=len(WAITS))
    assert waiting() == []


def test_an_address_that_is_refused_for_good_is_let_be_and_not_named(caplog: pytest.LogCaptureFixture) -> None:
    send(smtplib.SMTPRecipientsRefused({"ann@wren.example": (550, b"ann@wren.example is unknown")}))
    assert waiting() == []
    assert "Mail 7 did not go" in caplog.text
    assert "wren" not in caplog.text


@pytest.mark.parametrize("error", [TemplateSyntaxError("a tag is open"), KeyError("name"), ValueError("no number")])
def test_a_mistake_of_ours_is_not_sent_again_but_told(error: Exception) -> None:
    with pytest.raises(type(error)):
        send(error)
    assert waiting() == []


@pytest.mark.parametrize(
    "error", [AnymailInvalidAddress("ann@@wren"), BadHeaderError("two lines"), UnicodeError("ä@wren.example")]
)
def test_an_address_that_cannot_be_one_is_let_be(error: Exception) -> None:
    send(error)
    assert waiting() == []


def test_a_provider_in_trouble_is_tried_again() -> None:
    send(AnymailAPIError("503"))
    assert waiting() == [{"number": 7, "tries": 1}]
