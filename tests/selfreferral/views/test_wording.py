"""The lead changes how a question is asked, and it shows at once everywhere; old answers keep their words."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from selfreferral.models import QuestionWording
from selfreferral.views.privately import COOKIE
from tests.conftest import Person
from tests.factories.selfreferral import WEDNESDAY, a_draft, a_referral

pytestmark = pytest.mark.django_db
LIST, NAME = "/staff/referrals/questions/", "/staff/referrals/questions/name/"
ASKED: dict[str, Any] = {
    "asks": "What is your name?",
    "asks_of_other": "What is their name?",
    "hint": "Any name will do.",
    "hint_of_other": "",
}


def test_every_question_is_listed_with_its_last_change(lead: Person) -> None:
    lead.post(NAME, ASKED)
    page = lead.get(LIST).content.decode()
    assert "Tell us what would help" in page
    assert "How can we reach you?" in page
    assert "What is your name?" in page
    assert lead.user.display_name in page


def test_new_words_show_at_once(lead: Person, resident: Person) -> None:
    assert lead.post(NAME, ASKED)["Location"] == NAME
    sample = lead.get(NAME).content.decode().split('id="shown"')[1].split("</section>")[0]
    for words in ASKED.values():
        assert words in sample
    resident.cookies[COOKIE] = a_draft(now=timezone.now())
    assert "What is your name?" in resident.get("/here/4/").content.decode()
    assert "What is your name?" in resident.get("/here/check/").content.decode()
    assert "What is your name?" in lead.get("/staff/referrals/new/phone/").content.decode()


def test_how_it_was_answered_before_stays(lead: Person) -> None:
    a_referral()
    lead.post(NAME, ASKED)
    a_referral(now=WEDNESDAY + timedelta(days=1))
    before = lead.get(NAME).content.decode().split("As it was answered")[1]
    assert before.index("What is your name?") < before.index("What should we call you?")


def test_emptied_the_words_of_the_code_come_back(lead: Person) -> None:
    lead.post(NAME, ASKED)
    lead.post(NAME, dict.fromkeys(ASKED, ""))
    assert "What should we call you?" in lead.get(NAME).content.decode().split('id="shown"')[1]
    assert not QuestionWording.objects.get().asks


def test_what_stands_above_a_page_can_be_changed_too(lead: Person) -> None:
    at = f"{LIST}page-reach/"
    assert 'name="hint_of_other"' not in lead.get(at).content.decode()
    lead.post(at, {"asks": "Where are you?", "asks_of_other": "", "hint": ""})
    assert "Where are you?" in lead.get(at).content.decode().split('id="shown"')[1]


def test_words_that_are_too_long_come_back_with_why(lead: Person) -> None:
    response = lead.post(NAME, {**ASKED, "asks": "x" * 201})
    assert response.status_code == 400
    assert "at most 200" in response.content.decode()
    assert not QuestionWording.objects.exists()


def test_a_question_that_nothing_has_is_not_there(lead: Person) -> None:
    assert lead.get(f"{LIST}gone/").status_code == 404


@pytest.mark.parametrize("path", [LIST, NAME])
def test_only_the_lead_sees_it(path: str, navigator: Person, coordinator: Person, stranger: Person) -> None:
    for person in (navigator, coordinator):
        assert person.get(path).status_code == 403
        assert person.post(path, ASKED).status_code == 403
    assert stranger.get(path)["Location"].startswith("/accounts/login/")
    assert not QuestionWording.objects.exists()


def test_words_are_shown_as_words(lead: Person, resident: Person) -> None:
    lead.post(NAME, {**ASKED, "asks": "<b>Name</b>"})
    assert "<b>Name</b>" not in lead.get(NAME).content.decode()
    resident.cookies[COOKIE] = a_draft(now=timezone.now())
    assert "<b>Name</b>" not in resident.get("/here/4/").content.decode()


def test_the_list_asks_the_database_no_more_for_many(lead: Person, django_assert_max_num_queries: Any) -> None:
    for key in ("name", "danger", "language", "phone"):
        lead.post(f"{LIST}{key}/", {**ASKED, "asks": f"New {key}"})
    lead.get(LIST)
    with django_assert_max_num_queries(20):
        lead.get(LIST)
