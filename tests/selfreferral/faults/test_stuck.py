"""The database is locked, full or away while somebody asks for help: they hear so, and keep every word."""

import html
import re
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from selfreferral.models import DraftReferral, Referral
from selfreferral.views.privately import COOKIE
from tests.conftest import Person

Fault = Callable[[], None]
WORDS = "Example: he said “no” & <left>.\nThe meter is empty. " + "And so on. " * 400


@pytest.fixture(params=["locked", "full", "away"])
def fault(request: pytest.FixtureRequest) -> Fault:
    broken: Fault = request.getfixturevalue(request.param)
    return broken


def fields_of(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in found}


def is_an_apology(response: Any) -> str:
    page: str = response.content.decode()
    assert response.status_code == 503
    assert response["Cache-Control"] == "no-store"
    assert response["Retry-After"] == "30"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "<title>Try again - " in page
    assert 'href="/here/leave/"' in page
    assert "116 123" in page
    assert "ring us" in page
    return page


def test_a_page_that_cannot_be_saved_hands_every_word_back(drafting: Person, fault: Fault) -> None:
    fault()
    sent = {"page": "what_would_help", "what_would_help": WORDS}
    response = drafting.post("/here/2/", sent)
    page = is_an_apology(response)
    assert fields_of(page) == {**fields_of(page), **sent}
    assert 'action="/here/2/"' in page
    assert "Tell us what would help" in page
    assert "he said “no” &amp; &lt;left&gt;.<br>The meter is empty." in page
    assert page.count("<button") == 1
    assert "Example" not in str(response.headers) + str(response.cookies)


def test_tried_again_it_is_kept(drafting: Person, locked: Fault, other: sqlite3.Connection) -> None:
    locked()
    page = is_an_apology(drafting.post("/here/2/", {"page": "what_would_help", "what_would_help": WORDS}))
    other.execute("ROLLBACK")
    again = drafting.post("/here/2/", fields_of(page))
    assert (again.status_code, again["Location"]) == (302, "/here/check/")
    assert "The meter is empty." in drafting.get("/here/2/").content.decode()


def test_the_form_on_it_passes_the_check_against_forged_forms(drafting: Person, locked: Fault) -> None:
    forger = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    forger.cookies[COOKIE] = drafting.cookies[COOKIE].value
    token = fields_of(forger.get("/here/2/").content.decode())["csrfmiddlewaretoken"]
    locked()
    sent = {"page": "what_would_help", "what_would_help": "Example", "csrfmiddlewaretoken": token}
    again = fields_of(is_an_apology(forger.post("/here/2/", sent)))
    assert again["csrfmiddlewaretoken"] != token
    assert forger.post("/here/2/", again).status_code == 503


def test_choices_are_read_back_in_words(drafting: Person, locked: Fault) -> None:
    locked()
    sent = {"page": "needs", "language": "Polish", "needs": ["read_it_to_me", "step_free"]}
    page = is_an_apology(drafting.post("/here/8/", sent))
    assert "Read things out loud, No steps" in page
    assert page.count('name="needs"') == 2
    assert "Polish" in page


def test_sending_that_fails_loses_nothing(drafting: Person, fault: Fault) -> None:
    fault()
    page = is_an_apology(drafting.post("/here/check/", {"shown": "x", "website": ""}))
    assert 'action="/here/check/"' in page
    assert "What you wrote" not in page


def test_sending_tried_again_makes_one_referral(drafting: Person, locked: Fault, other: sqlite3.Connection) -> None:
    locked()
    for _ in range(2):
        is_an_apology(drafting.post("/here/check/"))
    other.execute("ROLLBACK")
    assert (Referral.objects.count(), DraftReferral.objects.count()) == (0, 1)
    assert drafting.post("/here/check/")["Location"] == "/here/sent/"
    assert Referral.objects.count() == 1


def test_a_disk_that_fills_while_it_is_sent_leaves_the_draft_whole(drafting: Person, full: Fault) -> None:
    full()
    is_an_apology(drafting.post("/here/check/"))
    connection.close()
    assert (Referral.objects.count(), DraftReferral.objects.count()) == (0, 1)
    assert drafting.post("/here/check/")["Location"] == "/here/sent/"


@pytest.mark.parametrize(
    "path", ["/get-help/", "/here/1/", "/here/check/", "/here/sent/", "/here/words/", "/here/yours/"]
)
def test_a_page_that_cannot_be_read_says_so_too(drafting: Person, away: Fault, path: str) -> None:
    away()
    page = is_an_apology(drafting.get(path))
    assert f'href="{path}"' in page
    assert "<form" not in page


@pytest.mark.parametrize("fault", ["locked", "away"], indirect=True)
@pytest.mark.parametrize("path", ["/get-help/", "/here/words/"])
def test_a_button_without_words_can_be_pressed_again(drafting: Person, fault: Fault, path: str) -> None:
    fault()
    assert f'action="{path}"' in is_an_apology(drafting.post(path))


def test_words_added_later_are_handed_back(drafting: Person, away: Fault) -> None:
    away()
    page = is_an_apology(drafting.post("/here/yours/say/", {"kind": "more", "words": "Example: a new number"}))
    assert "Example: a new number" in page.split("<dl")[1]
    assert 'action="/here/yours/say/"' in page


def test_whoever_leaves_does_not_wait_for_it(drafting: Person, fault: Fault, settings: Any) -> None:
    fault()
    response = drafting.get("/here/leave/")
    assert (response.status_code, response["Location"]) == (303, settings.QUICK_EXIT_URL)
    assert response.cookies[COOKIE]["max-age"] == 0


def test_leaving_has_a_shorter_patience_than_saving_and_gives_it_back(drafting: Person, locked: Fault) -> None:
    drafting.get("/here/1/")
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()
        locked()
        drafting.get("/here/leave/")
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == before
