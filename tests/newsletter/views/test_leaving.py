"""Leaving the newspaper: RFC 8058 to the letter, and nothing by opening a link."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from newsletter.links import leave_path, preferences_path
from newsletter.models import Subscriber
from newsletter.workflow import SubscriberState
from portal.audit.models import AuditEvent
from tests.conftest import Person
from tests.factories.newsletter import a_reader

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
TWO_YEARS = timedelta(days=730)


@pytest.fixture
def reader() -> Subscriber:
    return a_reader()


@pytest.fixture
def mail_program() -> Person:
    """Presses for its reader: no cookie, no CSRF token, and the server checks for one."""
    return Person(enforce_csrf_checks=True)


def state_of(reader: Subscriber) -> str:
    reader.refresh_from_db()
    return reader.state


def nothing_changed(reader: Subscriber) -> bool:
    return state_of(reader) == SubscriberState.ACTIVE and AuditEvent.objects.count() == 0


# One click ----------------------------------------------------------------------------------------


def test_one_click_leaves_at_once_without_cookie_redirect_or_token(reader: Subscriber, mail_program: Person) -> None:
    response = mail_program.post(leave_path(reader.pk), ONE_CLICK)
    assert response.status_code == 200
    assert not response.has_header("Location")
    assert not response.cookies
    assert state_of(reader) == SubscriberState.LEFT


def test_one_click_as_multipart_and_as_a_plain_form(reader: Subscriber, mail_program: Person) -> None:
    as_form = mail_program.post(
        leave_path(reader.pk), "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert as_form.status_code == 200
    assert state_of(reader) == SubscriberState.LEFT
    other = a_reader("bob@example.org")
    assert mail_program.post(leave_path(other.pk), ONE_CLICK).status_code == 200
    assert state_of(other) == SubscriberState.LEFT


def test_one_click_from_another_site_s_page_works_too(reader: Subscriber, mail_program: Person) -> None:
    response = mail_program.post(
        leave_path(reader.pk), ONE_CLICK, HTTP_ORIGIN="https://mail.example", HTTP_REFERER="https://mail.example/"
    )
    assert response.status_code == 200
    assert state_of(reader) == SubscriberState.LEFT


def test_one_click_twice_is_one_leaving(reader: Subscriber, mail_program: Person) -> None:
    for _ in range(2):
        assert mail_program.post(leave_path(reader.pk), ONE_CLICK).status_code == 200
    assert AuditEvent.objects.filter(action="newsletter.leave").count() == 1


def test_one_click_from_a_two_year_old_mail(reader: Subscriber, mail_program: Person) -> None:
    path = leave_path(reader.pk)
    with patch("django.core.signing.time.time", return_value=(timezone.now() + TWO_YEARS).timestamp()):
        assert mail_program.post(path, ONE_CLICK).status_code == 200
    assert state_of(reader) == SubscriberState.LEFT


def test_one_click_for_somebody_who_has_not_confirmed(mail_program: Person) -> None:
    reader = a_reader(state=SubscriberState.PENDING)
    assert mail_program.post(leave_path(reader.pk), ONE_CLICK).status_code == 200
    assert state_of(reader) == SubscriberState.LEFT


@pytest.mark.parametrize(
    "body",
    [{}, {"List-Unsubscribe": "one-click"}, {"List-Unsubscribe": ""}, {"list-unsubscribe": "One-Click"}, {"x": "y"}],
)
def test_any_other_post_needs_the_token_of_a_form(
    body: dict[str, str], reader: Subscriber, mail_program: Person
) -> None:
    assert mail_program.post(leave_path(reader.pk), body).status_code == 403
    assert nothing_changed(reader)


def test_the_words_in_the_address_are_not_a_press(reader: Subscriber, mail_program: Person) -> None:
    address = f"{leave_path(reader.pk)}?List-Unsubscribe=One-Click"
    assert mail_program.get(address).status_code == 200
    assert mail_program.post(address).status_code == 403
    assert nothing_changed(reader)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_other_methods_are_refused(method: str, reader: Subscriber, mail_program: Person) -> None:
    assert getattr(mail_program, method)(leave_path(reader.pk)).status_code == 405
    assert nothing_changed(reader)


@pytest.mark.parametrize("method", ["get", "head"])
def test_scanners_may_open_the_link_as_often_as_they_like(method: str, reader: Subscriber, resident: Person) -> None:
    for _ in range(5):
        response = getattr(resident, method)(leave_path(reader.pk), HTTP_USER_AGENT="LinkScanner/1.0")
        assert response.status_code == 200
    assert nothing_changed(reader)


@pytest.mark.parametrize("token", ["example", "MQ", "1:2:3", "MQ:1vabc:wrong", "a" * 3000])
def test_a_false_link_harms_nobody(token: str, reader: Subscriber, mail_program: Person) -> None:
    assert mail_program.post(f"/news/u/{token}/", ONE_CLICK).status_code == 404
    assert mail_program.get(f"/news/u/{token}/").status_code == 404
    assert nothing_changed(reader)


def test_a_link_with_one_letter_changed_harms_nobody(reader: Subscriber, mail_program: Person) -> None:
    path = leave_path(reader.pk)
    changed = path[:-2] + ("a" if path[-2] != "a" else "b") + "/"
    assert mail_program.post(changed, ONE_CLICK).status_code == 404
    assert nothing_changed(reader)


def test_a_link_to_choose_is_no_link_to_leave(reader: Subscriber, mail_program: Person) -> None:
    token = preferences_path(reader.pk).rstrip("/").rsplit("/", 1)[1]
    assert mail_program.post(f"/news/u/{token}/", ONE_CLICK).status_code == 404
    assert nothing_changed(reader)


def test_the_page_is_not_kept_and_not_found_by_search_machines(reader: Subscriber, resident: Person) -> None:
    response = resident.get(leave_path(reader.pk))
    assert "no-store" in response["Cache-Control"]
    assert 'content="noindex"' in response.content.decode()
    assert response["Referrer-Policy"] == "same-origin"
    assert reader.email not in response.content.decode()


# By hand ------------------------------------------------------------------------------------------


def test_a_person_presses_the_button_of_the_page(reader: Subscriber) -> None:
    browser = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    browser.get(leave_path(reader.pk))
    token = browser.cookies["csrftoken"].value
    response = browser.post(leave_path(reader.pk), {"csrfmiddlewaretoken": token})
    assert "You are off the list" in response.content.decode()
    assert state_of(reader) == SubscriberState.LEFT


def test_who_has_left_sees_that_they_have(resident: Person) -> None:
    page = resident.get(leave_path(a_reader(state=SubscriberState.LEFT).pk)).content.decode()
    assert "You are off the list" in page
    assert "<button" not in page.split("<main", 1)[1].split("</main", 1)[0]


def test_an_example_link_says_that_it_is_one(resident: Person) -> None:
    assert "This is an example" in resident.get("/news/u/example/").content.decode()
    assert "This is an example" in resident.get("/news/preferences/example/").content.decode()
