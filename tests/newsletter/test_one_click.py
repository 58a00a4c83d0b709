"""RFC 8058 to the letter: every way in which the link of the headers is pressed, and what presses nothing."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from newsletter.actions import deliveries
from newsletter.links import leave_path, new_message_id, preferences_path
from newsletter.models import Campaign, Delivery, Subscriber
from newsletter.workflow import CampaignState, DeliveryState, SubscriberState
from portal.audit.models import AuditEvent
from portal.emails.links import absolute, sign
from tests.conftest import Person, member_of_staff
from tests.factories.newsletter import a_reader

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
FORM = "application/x-www-form-urlencoded"
PRESSED = "List-Unsubscribe=One-Click"
OLD_KEY = "the key before " + "o" * 40


@pytest.fixture
def reader() -> Subscriber:
    return a_reader()


def has_left(reader: Subscriber) -> bool:
    reader.refresh_from_db()
    return reader.state == SubscriberState.LEFT


def nothing_changed(reader: Subscriber) -> bool:
    return not has_left(reader) and not AuditEvent.objects.exists()


def at_age(age: timedelta, path: Callable[[int], str], number: int) -> str:
    """A link as it was signed so long ago."""
    with patch("django.core.signing.time.time", return_value=(timezone.now() - age).timestamp()):
        return path(number)


# The press ------------------------------------------------------------------------------------------------


PRESSES: dict[str, dict[str, Any]] = {
    "urlencoded": {"data": PRESSED, "content_type": FORM},
    "urlencoded with a character set": {"data": PRESSED, "content_type": f"{FORM}; charset=utf-8"},
    "multipart": {"data": ONE_CLICK},
    "with more fields beside it": {"data": {**ONE_CLICK, "extra": "x"}},
    "from another site's page": {
        "data": ONE_CLICK, "HTTP_ORIGIN": "https://mail.example", "HTTP_REFERER": "https://mail.example/",
    },
    "from nowhere": {"data": ONE_CLICK, "HTTP_ORIGIN": "null"},
    "with a cookie that means nothing": {"data": ONE_CLICK, "HTTP_COOKIE": "csrftoken=x; sessionid=y"},
    "over https": {"data": ONE_CLICK, "secure": True},
    "by an unknown program": {"data": ONE_CLICK, "HTTP_USER_AGENT": "", "HTTP_ACCEPT": "image/png"},
}  # fmt: skip


@pytest.mark.parametrize("name", list(PRESSES))
def test_one_press_is_enough(name: str, reader: Subscriber, program: Person) -> None:
    response = program.post(leave_path(reader.pk), **PRESSES[name])
    assert response.status_code == 200, "RFC 8058: no redirect"
    assert "HTTP_COOKIE" in PRESSES[name] or not response.cookies
    assert "no-store" in response["Cache-Control"]
    assert has_left(reader)
    assert reader.email not in response.content.decode()


def test_pressing_twice_is_leaving_once(reader: Subscriber, program: Person) -> None:
    for _ in range(3):
        assert program.post(leave_path(reader.pk), ONE_CLICK).status_code == 200
    assert AuditEvent.objects.filter(action="newsletter.leave").count() == 1


def test_it_works_in_production_where_all_goes_over_https(reader: Subscriber, program: Person, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert program.post(leave_path(reader.pk), ONE_CLICK, secure=True).status_code == 200
    assert has_left(reader)


def test_it_works_while_everything_else_says_that_it_is_too_much(reader: Subscriber, program: Person) -> None:
    with patch("portal.spam.within_limit", return_value=False):
        for _ in range(40):
            assert program.post(leave_path(reader.pk), ONE_CLICK).status_code == 200
    assert has_left(reader)


def test_it_is_the_link_that_says_who_leaves_not_who_is_signed_in(reader: Subscriber) -> None:
    other = a_reader("editor@demo.example")
    editor = member_of_staff("editor", "editor")
    editor.handler.enforce_csrf_checks = True
    assert editor.post(leave_path(reader.pk), ONE_CLICK).status_code == 200
    assert has_left(reader)
    assert not has_left(other)


NO_PRESS: dict[str, dict[str, Any]] = {
    "nothing": {"data": b"", "content_type": FORM},
    "other letters": {"data": "List-Unsubscribe=one-click", "content_type": FORM},
    "another name": {"data": "list-unsubscribe=One-Click", "content_type": FORM},
    "as JSON": {"data": '{"List-Unsubscribe": "One-Click"}', "content_type": "application/json"},
    "as plain text": {"data": PRESSED, "content_type": "text/plain"},
}


@pytest.mark.parametrize("name", list(NO_PRESS))
def test_a_post_without_the_words_is_a_persons_and_needs_the_forms_token(
    name: str, reader: Subscriber, program: Person
) -> None:
    assert program.post(leave_path(reader.pk), **NO_PRESS[name]).status_code == 403
    assert nothing_changed(reader)


def test_a_person_presses_the_button_of_the_page(reader: Subscriber) -> None:
    browser = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    browser.get(leave_path(reader.pk))
    assert nothing_changed(reader)
    token = browser.cookies["csrftoken"].value
    assert browser.post(leave_path(reader.pk), {"csrfmiddlewaretoken": token}).status_code == 200
    assert has_left(reader)


# What changes nothing -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "status"),
    [("get", 200), ("head", 200), ("options", 405), ("put", 405), ("patch", 405), ("delete", 405), ("trace", 405)],
)
def test_no_other_method_changes_anything(method: str, status: int, reader: Subscriber, program: Person) -> None:
    for _ in range(2):
        assert getattr(program, method)(f"{leave_path(reader.pk)}?{PRESSED}").status_code == status
    assert nothing_changed(reader)


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_USER_AGENT": "LinkScanner/1.0"},
        {"HTTP_SEC_PURPOSE": "prefetch;prerender"},
        {"HTTP_PURPOSE": "prefetch"},
        {"HTTP_X_MOZ": "prefetch"},
    ],
    ids=["scanner", "prerender", "prefetch", "old prefetch"],
)
def test_scanners_and_prefetching_browsers_may_look(
    headers: dict[str, Any], reader: Subscriber, program: Person
) -> None:
    for _ in range(2):
        assert program.get(leave_path(reader.pk), **headers).status_code == 200
    assert nothing_changed(reader)


# The link -------------------------------------------------------------------------------------------------


def token_of(path: str) -> str:
    return path.rstrip("/").rsplit("/", 1)[1]


def false_links(number: int) -> Iterator[tuple[str, str]]:
    token = token_of(leave_path(number))
    value, stamp, signature = token.split(":")
    other = token_of(leave_path(number + 1))
    yield "for another purpose", token_of(preferences_path(number))
    yield "cut short", token[:-1]
    yield "one letter changed", token[:-1] + ("A" if token[-1] != "A" else "B")
    yield "another reader's number with this one's signature", f"{other.split(':')[0]}:{stamp}:{signature}"
    yield "another day with this day's signature", f"{value}:1aaaaa:{signature}"
    yield "no signature", f"{value}:{stamp}"
    yield "of words", sign("newsletter.leave", "everybody")
    yield "too long", "a" * 3000
    yield "the example of a test mail", "example"


FALSE = ["purpose", "cut", "letter", "reader", "day", "unsigned", "words", "long", "example"]


@pytest.mark.parametrize("place", range(len(FALSE)), ids=FALSE)
def test_a_false_link_harms_nobody(place: int, reader: Subscriber, program: Person) -> None:
    a_reader("other@example.org", pk=reader.pk + 1)
    name, token = list(false_links(reader.pk))[place]
    assert program.post(f"/news/u/{token}/", ONE_CLICK).status_code == 404, name
    assert program.get(f"/news/u/{token}/").status_code == 404, name
    assert nothing_changed(reader)
    assert Subscriber.objects.candidates().count() == 2


@pytest.mark.parametrize("age", [timedelta(days=730), timedelta(days=3650)], ids=["two years", "ten years"])
def test_the_link_of_an_old_mail_works(age: timedelta, reader: Subscriber, program: Person) -> None:
    assert program.post(at_age(age, leave_path, reader.pk), ONE_CLICK).status_code == 200
    assert has_left(reader)


def test_a_link_outlives_a_change_of_the_secret_key(reader: Subscriber, program: Person, settings: Any) -> None:
    path = leave_path(reader.pk)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD_KEY[::-1], []
    assert program.post(path, ONE_CLICK).status_code == 404
    settings.SECRET_KEY_FALLBACKS = ["only-for-tests-" + "x" * 40]
    assert program.post(path, ONE_CLICK).status_code == 200
    assert has_left(reader)


def test_keys_that_were_replaced_are_read_from_the_settings() -> None:
    assert django_settings.SECRET_KEY_FALLBACKS == []


def test_who_has_left_already_gets_the_same_answer(program: Person) -> None:
    gone = a_reader(state=SubscriberState.LEFT, left_at=timezone.now())
    assert program.post(leave_path(gone.pk), ONE_CLICK).status_code == 200
    assert not AuditEvent.objects.exists()


def test_who_has_not_confirmed_leaves_too(program: Person) -> None:
    reader = a_reader(state=SubscriberState.PENDING)
    assert program.post(leave_path(reader.pk), ONE_CLICK).status_code == 200
    assert has_left(reader)


def test_a_reader_whose_address_is_deleted_and_one_who_is_erased(reader: Subscriber, program: Person) -> None:
    path = leave_path(reader.pk)
    Subscriber.objects.update(email="", state=SubscriberState.LEFT, left_at=timezone.now() - timedelta(days=40))
    assert program.post(path, ONE_CLICK).status_code == 200
    reader.delete()
    assert program.post(path, ONE_CLICK).status_code == 404


def test_a_copy_that_has_not_gone_yet_does_not_go(reader: Subscriber, program: Person) -> None:
    now = timezone.now()
    campaign = Campaign.objects.create(state=CampaignState.SENDING, subject="x", starts_at=now, frozen_at=now)
    Delivery.objects.create(
        campaign=campaign, subscriber=reader, message_id=new_message_id(), state=DeliveryState.QUEUED
    )
    held = deliveries.claim(campaign=campaign, worker="w", now=now, size=5)
    assert program.post(leave_path(reader.pk), ONE_CLICK).status_code == 200
    begun = deliveries.begin(copies=held, worker="w", now=now)
    assert (begun.copies, begun.turned_away) == ([], held)


def test_an_absolute_link_has_no_second_slash(reader: Subscriber, settings: Any) -> None:
    settings.BASE_URL = "https://together.example.org/"
    assert absolute(leave_path(reader.pk)).startswith("https://together.example.org/news/u/")
