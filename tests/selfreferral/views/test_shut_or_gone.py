"""There is no draft, or it rested too long, or our keys do not open: nobody is left in front of a wall."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from selfreferral.models import DraftReferral
from selfreferral.views import apply
from selfreferral.views.privately import COOKIE
from tests.conftest import Person
from tests.factories.asking import answer, page_at, with_draft
from tests.factories.selfreferral import a_referral

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_a_person")]


@pytest.mark.parametrize("path", ["/here/", "/here/1/", "/here/4/", "/here/check/", "/here/sent/"])
def test_without_a_cookie_there_is_only_the_front_page(resident: Person, path: str) -> None:
    assert resident.get(path)["Location"] == "/"
    assert resident.post(path if path not in {"/here/", "/here/sent/"} else "/here/check/")["Location"] == "/"


@pytest.mark.parametrize("path", ["/here/", "/here/1/", "/here/4/", "/here/check/", "/here/sent/", "/here/yours/"])
def test_a_cookie_that_opens_nothing_any_more_is_told_that_pages_close_and_then_forgotten(
    resident: Person, path: str
) -> None:
    with_draft(resident)
    DraftReferral.objects.update(saved_at=timezone.now() - timedelta(hours=2))
    response = resident.get(path)
    assert response["Location"] == "/here/closed/"
    assert response.cookies[COOKIE]["max-age"] == 0
    page = resident.get("/here/closed/").content.decode()
    assert "<title>Closed - " in page
    assert "I have six words" in page
    assert resident.get(path)["Location"] == "/"


def test_the_page_that_says_closed_is_the_same_for_everybody(resident: Person, stranger: Person) -> None:
    def words(person: Person) -> str:
        return person.get("/here/closed/").content.decode().split("<main")[1].split("</main")[0]

    with_draft(resident)
    assert words(resident) == words(stranger)


def test_words_that_came_too_late_are_handed_back_to_begin_again_with(resident: Person) -> None:
    with_draft(resident)
    DraftReferral.objects.update(saved_at=timezone.now() - timedelta(hours=2))
    late = resident.post("/here/2/", {"page": "what_would_help", "what_would_help": "Example: <b>long</b>\nletter"})
    page = late.content.decode()
    assert (late.status_code, late["Cache-Control"], late.cookies[COOKIE]["max-age"]) == (410, "no-store", 0)
    assert "Example: &lt;b&gt;long&lt;/b&gt;<br>letter" in page
    assert 'action="/get-help/"' in page
    begun = resident.post("/get-help/", {"page": "what_would_help", "what_would_help": "Example: a long letter"})
    assert begun["Location"] == "/here/1/"
    assert answer(resident, 1, for_whom="self")["Location"] == "/here/2/"
    assert "a long letter" in resident.get("/here/2/").content.decode()


def test_late_words_of_a_page_that_not_everybody_gets_are_shown_to_copy(resident: Person) -> None:
    with_draft(resident)
    DraftReferral.objects.update(saved_at=timezone.now() - timedelta(hours=2))
    page = resident.post("/here/2/", {"page": "about_you", "referrer_name": "Example Ann"}).content.decode()
    assert "Example Ann" in page
    assert "<form" not in page


@pytest.mark.parametrize("page", ["safe", "nonsense", "about_you"])
def test_odd_words_begin_an_empty_one(resident: Person, page: str) -> None:
    assert resident.post("/get-help/", {"page": page, "name": "x"})["Location"] == "/here/1/"


def test_a_draft_that_vanishes_between_two_pages_hands_the_words_back(
    resident: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_draft(resident)
    page = page_at(resident, 2)
    real = apply.save_answers

    def too_late(**given: Any) -> Any:
        DraftReferral.objects.all().delete()
        return real(**given)

    monkeypatch.setattr(apply, "save_answers", too_late)
    assert b"Example x" in resident.post("/here/2/", {"page": page, "what_would_help": "Example x"}).content


@pytest.mark.parametrize("keys", [[], ["wrong"]])
def test_without_keys_the_room_is_shut_with_a_kind_word_and_a_number(
    resident: Person, settings: Any, keys: list[str]
) -> None:
    with_draft(resident)
    settings.REFERRAL_KEYS = keys
    for path in ("/get-help/", "/here/2/", "/here/check/"):
        response = resident.get(path)
        assert response.status_code == 503
        assert "ring us" in response.content.decode()
        assert "116 123" in response.content.decode()
        assert response["Cache-Control"] == "no-store"
    assert resident.post("/get-help/").status_code == 503
    assert resident.post("/here/check/").status_code == 503
    assert DraftReferral.objects.count() == 1
    assert resident.get("/here/leave/").status_code == 303


def test_with_a_wrong_key_the_room_is_shut_before_anybody_starts(resident: Person, settings: Any) -> None:
    a_referral()
    settings.REFERRAL_KEYS = ["d3Jvbmcta2V5LXdyb25nLWtleS13cm9uZy1rZXktd3I="]
    assert resident.get("/get-help/").status_code == 503
