"""A navigator types in a paper form or a talk: one page, nothing typed is lost, and the person gets a reference."""

import re
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone

from selfreferral.actions.wording import reword
from selfreferral.models import Referral, ReturnDoor
from selfreferral.questions.pages import PAGES
from selfreferral.questions.wording import Words
from selfreferral.views import entering
from tests.conftest import Person
from tests.factories.selfreferral import FOR_MY_SISTER, FOR_MYSELF, a_referral

pytestmark = pytest.mark.django_db
PAPER, PHONE = "/staff/referrals/new/paper/", "/staff/referrals/new/phone/"


def token_on(person: Person, path: str = PAPER) -> str:
    found = re.search(r'name="token" value="([^"]+)"', person.get(path).content.decode())
    assert found
    return found[1]


def typed(person: Person, path: str = PAPER, **changes: Any) -> dict[str, Any]:
    given = {**FOR_MYSELF, "token": token_on(person, path), "shown_for": "self", "agreed": "said"}
    return {**given, "handed_in_on": timezone.localdate().isoformat(), **changes}


def test_the_way_is_chosen_first(navigator: Person) -> None:
    page = navigator.get("/staff/referrals/new/").content.decode()
    assert PAPER in page
    assert PHONE in page
    assert "/get-help/paper.pdf" in page


def test_a_paper_form_is_typed_in_on_one_page(navigator: Person) -> None:
    page = navigator.get(PAPER).content.decode()
    for label in ("Who is this for?", "Tell us what would help", "…leave a voicemail?", "Large print"):
        assert label in page
    assert "How do you know them?" not in page
    sent = navigator.post(PAPER, typed(navigator, agreed="wrote"))
    referral = Referral.objects.get()
    assert sent["Location"] == f"/staff/referrals/new/{referral.reference}/"
    done = navigator.get(sent["Location"]).content.decode()
    assert referral.reference in done
    assert "lock it away" in done
    assert "Example Jo" not in done


def test_a_talk_is_taken_down_in_the_same_way_and_has_no_paper(navigator: Person) -> None:
    sent = navigator.post(PHONE, typed(navigator, PHONE))
    assert Referral.objects.get().came_by == Referral.CameBy.PHONE
    assert "lock it away" not in navigator.get(sent["Location"]).content.decode()


def test_pressed_twice_it_is_one(navigator: Person) -> None:
    form = typed(navigator)
    assert navigator.post(PAPER, form)["Location"] == navigator.post(PAPER, form)["Location"]
    assert Referral.objects.count() == 1


def test_new_questions_are_shown_before_anything_is_taken(navigator: Person) -> None:
    form = typed(navigator, for_whom="worker")
    page = navigator.post(PAPER, form).content.decode()
    assert "There are more questions now" in page
    assert "That we tell a council" in page
    assert FOR_MYSELF["what_would_help"] in page
    assert "This was not taken yet" not in page
    assert not Referral.objects.exists()
    navigator.post(PAPER, {**form, **FOR_MY_SISTER, "for_whom": "worker", "shown_for": "worker"})
    assert Referral.objects.get().source == Referral.Source.WORKER


def test_the_questions_can_be_called_for(navigator: Person) -> None:
    page = navigator.post(PAPER, {**typed(navigator, name=""), "for_whom": "family_or_friend", "again": "1"})
    said = page.content.decode()
    assert page.status_code == 200
    assert "How do you know them?" in said
    assert "What should we call them?" in said
    assert FOR_MYSELF["what_would_help"] in said
    assert 'name="shown_for" value="family_or_friend"' in said


def test_fewer_questions_are_no_reason_to_ask_again(navigator: Person) -> None:
    navigator.post(PAPER, {**typed(navigator), **FOR_MY_SISTER, "shown_for": "worker", "for_whom": "self"})
    assert not Referral.objects.get().answers.filter(part="referrer").exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Give us a name to use"),
        ({"phone": "", "email": ""}, "Give us one way"),
        ({"safe_text": ""}, "Say yes to at least one way"),
        ({"agreed": ""}, "Say how we know that they want this"),
        ({"agreed": "other"}, "Say who it is for"),
        ({"born": "84"}, "Enter a year with four numbers"),
        ({"born": "2999"}, "Enter a year with four numbers"),
        ({"phone": "12"}, "Enter a phone number like"),
        ({"token": ""}, "This was not taken yet"),
        ({"handed_in_on": ""}, "Say on which day it was handed in"),
        ({"handed_in_on": "2999-01-01"}, "That day is still to come"),
        ({"handed_in_on": "2001-01-01"}, "more than a year ago"),
    ],
)
def test_a_refusal_says_why_and_keeps_every_word(navigator: Person, changes: dict[str, str], sentence: str) -> None:
    response = navigator.post(PAPER, typed(navigator, **changes))
    page = response.content.decode()
    assert response.status_code == 400
    assert sentence in page
    assert FOR_MYSELF["what_would_help"] in page
    assert "<title>Error: " in page.replace("\n", "")
    assert not Referral.objects.exists()


def test_without_keys_it_is_not_taken_and_every_word_stays(navigator: Person, settings: Any) -> None:
    form = typed(navigator)
    settings.REFERRAL_KEYS = []
    response = navigator.post(PAPER, form)
    assert response.status_code == 503
    assert FOR_MYSELF["what_would_help"] in response.content.decode()


def test_with_a_database_that_is_stuck_every_word_stays(navigator: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def stuck(**_: Any) -> None:
        raise DatabaseError

    form = typed(navigator)
    monkeypatch.setattr(entering, "take_down", stuck)
    response = navigator.post(PAPER, form)
    assert response.status_code == 503
    assert "try again in a minute" in response.content.decode()
    assert FOR_MYSELF["what_would_help"] in response.content.decode()


def test_the_questions_are_asked_in_the_words_of_today(navigator: Person, lead: Person) -> None:
    reword(key="name", words=Words(asks="And who are you?"), by=lead.user, now=timezone.now())
    assert "And who are you?" in navigator.get(PHONE).content.decode()


def test_every_question_of_the_web_can_be_typed_in(navigator: Person) -> None:
    page = navigator.post(PAPER, {"for_whom": "worker", "again": "1"}).content.decode()
    for asked in PAGES:
        for question in asked.questions:
            assert f'name="{question.key}"' in page, question.key


def test_six_words_are_shown_once(navigator: Person, other_navigator: Person) -> None:
    done = navigator.post(PAPER, typed(navigator))["Location"]
    assert "Make six words" in navigator.get(done).content.decode()
    assert "Make six words" not in other_navigator.get(done).content.decode()
    assert other_navigator.post(f"{done}words/").status_code == 403
    page = navigator.post(f"{done}words/")
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert "Six words to come back with" in page.content.decode()
    assert ReturnDoor.objects.count() == 1
    again = navigator.post(f"{done}words/")
    assert again.status_code == 400
    assert "six words already" in again.content.decode()
    assert "Make six words" not in navigator.get(done).content.decode()


def test_the_paper_is_asked_about_until_it_is_destroyed(navigator: Person) -> None:
    navigator.post(PAPER, typed(navigator))
    referral = Referral.objects.get()
    at = f"/staff/referrals/{referral.reference}/"
    navigator.post(f"{at}claim/")
    referral.refresh_from_db()
    assert "The paper is destroyed" in navigator.get(at).content.decode()
    form = {"seen_version": referral.version, "destroyed_on": timezone.localdate().isoformat()}
    assert navigator.post(f"{at}paper/", form)["Location"] == at
    assert "The paper is destroyed</button>" not in navigator.get(at).content.decode()


def test_whoever_hears_of_danger_is_shown_the_numbers_and_it_is_taken_all_the_same(navigator: Person) -> None:
    sent = navigator.post(PHONE, typed(navigator, PHONE, danger="yes"))
    assert Referral.objects.get().says_danger
    assert "999" in navigator.get(sent["Location"]).content.decode()
    calm = navigator.post(PHONE, typed(navigator, PHONE))["Location"]
    assert "somebody is in danger now" not in navigator.get(calm).content.decode()


def test_whoever_hears_of_danger_is_shown_the_numbers_at_once(navigator: Person) -> None:
    refused = navigator.post(PHONE, typed(navigator, PHONE, danger="yes", name="")).content.decode()
    assert "999" in refused
    assert "999" not in navigator.post(PHONE, typed(navigator, PHONE, name="")).content.decode()
    assert "Handed in on" not in refused


def test_the_page_of_somebody_who_says_danger_shows_the_numbers(navigator: Person) -> None:
    for says, shown in (("yes", True), ("no", False)):
        page = navigator.get(f"/staff/referrals/{a_referral(danger=says).reference}/").content.decode()
        assert ("They said that somebody is in danger now" in page) is shown


def test_there_is_no_third_way(navigator: Person) -> None:
    assert navigator.get("/staff/referrals/new/web/").status_code == 404
    assert navigator.get(f"/staff/referrals/new/{a_referral().reference}/").status_code == 200
