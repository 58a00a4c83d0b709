"""Somebody asks for help: nothing can be jumped, nothing is lost, and it is sent once."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from selfreferral.models import DraftReferral, Referral, TriageDecision
from selfreferral.reading.consents import duty_is_agreed
from selfreferral.views import apply
from selfreferral.views.privately import COOKIE
from tests.conftest import Person
from tests.factories.asking import answer, fill, start, with_draft
from tests.factories.selfreferral import FOR_MY_SISTER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_a_person")]


def test_the_first_page_gives_the_numbers_before_anything_else(resident: Person) -> None:
    page = resident.get("/get-help/").content.decode().split("<main")[1]
    assert page.index("in danger now") < page.index(">Start<") < page.index("116 123")
    assert "Who reads it" in page
    assert "/here/good-to-know/" in page


def test_looking_at_the_first_page_makes_no_draft(resident: Person) -> None:
    resident.get("/get-help/")
    assert not DraftReferral.objects.exists()


def test_the_whole_way_with_no_javascript(resident: Person) -> None:
    fill(resident)
    page = resident.get("/here/check/").content.decode()
    assert "Example Jo" in page
    assert "Is it safe to send you a text?" in page
    sent = resident.post("/here/check/")
    assert (sent.status_code, sent["Location"]) == (302, "/here/sent/")
    referral = Referral.objects.get()
    done = resident.get("/here/sent/").content.decode()
    assert referral.reference in done
    assert "116 123" in done
    assert "Example Jo" not in done


def test_the_way_for_somebody_else(resident: Person) -> None:
    fill(resident, FOR_MY_SISTER)
    page = resident.get("/here/check/").content.decode()
    assert "What should we call them?" in page
    resident.post("/here/check/")
    assert Referral.objects.get().source == Referral.Source.FAMILY_OR_FRIEND


def test_somebody_at_work_is_asked_for_the_three_consents_on_the_page_they_belong_to(resident: Person) -> None:
    consents = ["referral", "council", "sharing"]
    fill(resident, {**FOR_MY_SISTER, "for_whom": "worker", "person_knows": "agreed", "duty_consents": consents})
    page = resident.get("/here/check/").content.decode()
    assert "That we tell a council, Which council: they chose it, That we say how to reach them" in page
    resident.post("/here/check/")
    assert duty_is_agreed(Referral.objects.get())


def test_consents_that_the_same_page_takes_back_are_gone(resident: Person) -> None:
    with_draft(resident, answers={**FOR_MY_SISTER, "for_whom": "worker"})
    answer(resident, 3, person_knows="no", how_agreed="She nodded", duty_consents=["referral"])
    page = resident.get("/here/check/").content.decode()
    assert "She nodded" not in page
    assert "That we tell a council" not in page


def test_nobody_jumps_ahead(resident: Person) -> None:
    start(resident)
    for path in ("/here/5/", "/here/99/", "/here/0/", "/here/check/", "/here/"):
        assert resident.get(path)["Location"] == "/here/1/"
    assert resident.post("/here/5/", {"page": "name", "name": "Jo"})["Location"] == "/here/1/"
    assert resident.post("/here/check/")["Location"] == "/here/"
    assert not Referral.objects.exists()


def test_going_back_is_always_open(resident: Person) -> None:
    with_draft(resident)
    page = resident.get("/here/4/").content.decode()
    assert 'value="Example Jo"' in page
    assert 'href="/here/3/"' in page
    assert resident.get("/here/")["Location"] == "/here/check/"


def test_a_changed_answer_leads_back_to_the_check(resident: Person) -> None:
    with_draft(resident)
    assert answer(resident, 4, name="Example Kim")["Location"] == "/here/check/"
    assert "Example Kim" in resident.get("/here/check/").content.decode()


def test_a_changed_branch_asks_what_is_new_and_drops_what_is_old(resident: Person) -> None:
    with_draft(resident, answers=FOR_MY_SISTER)
    assert "Her sister" in resident.get("/here/check/").content.decode()
    answer(resident, 1, for_whom="self")
    page = resident.get("/here/check/").content.decode()
    assert "Her sister" not in page
    assert answer(resident, 1, for_whom="worker")["Location"] == "/here/2/"
    assert resident.get("/here/check/")["Location"] == "/here/2/"


def test_a_page_that_changed_its_place_in_another_window_takes_no_answer(resident: Person) -> None:
    with_draft(resident)
    response = resident.post("/here/2/", {"page": "about_you", "what_would_help": "CANARY"})
    assert response["Location"] == "/here/check/"
    assert "CANARY" not in resident.get("/here/check/").content.decode()


def test_everything_else_can_be_skipped(resident: Person) -> None:
    fill(resident, {"name": "Jo", "place": "The food table", "safe_visit": "yes"})
    resident.post("/here/check/")
    assert Referral.objects.get().source == Referral.Source.SELF


@pytest.mark.parametrize("said", ["yes", "worried"])
def test_somebody_in_danger_gets_the_numbers_first_and_goes_on(resident: Person, said: str) -> None:
    with_draft(resident)
    assert answer(resident, 3, danger=said)["Location"] == "/here/check/"
    for path in ("/here/4/", "/here/check/"):
        page = resident.get(path).content.decode()
        assert page.index("116 123") < page.index("Go on" if path == "/here/4/" else ">Send<")
        assert page.count('id="urgent-help"') == 1
    resident.post("/here/check/")
    assert Referral.objects.get().says_danger is (said == "yes")


def test_a_cry_for_help_in_their_own_words_brings_the_numbers_first(resident: Person) -> None:
    with_draft(resident)
    for words, comes_first in (("I do not want to be here any more.", True), ("Somebody to ring with me.", False)):
        answer(resident, 2, what_would_help=words)
        page = resident.get("/here/3/").content.decode()
        assert (page.index("116 123") < page.index("Go on</button>")) is comes_first


def test_sent_twice_it_is_one_and_the_reference_is_the_same(resident: Person) -> None:
    with_draft(resident)
    key = resident.cookies[COOKIE].value
    assert resident.post("/here/check/")["Location"] == "/here/sent/"
    resident.cookies[COOKIE] = key
    assert resident.post("/here/check/")["Location"] == "/here/sent/"
    assert Referral.objects.count() == 1


def test_the_reference_is_shown_for_an_hour_only(resident: Person) -> None:
    with_draft(resident)
    resident.post("/here/check/")
    TriageDecision.objects.update(decided_at=timezone.now() - timedelta(hours=2))
    assert resident.get("/here/sent/")["Location"] == "/here/closed/"


def test_over_the_limit_it_is_still_taken_and_marked(resident: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apply, "SENT_PER_ADDRESS", 1)
    for _ in range(2):
        with_draft(resident).post(
            "/here/check/", {"shown": resident.get("/here/check/").context["form"]["shown"].value()}
        )
    assert sorted(Referral.objects.values_list("is_doubted", flat=True)) == [False, True]


def test_what_a_machine_would_send_is_still_taken_and_marked(resident: Person) -> None:
    with_draft(resident).post("/here/check/", {"website": "https://spam.example"})
    assert Referral.objects.get().is_doubted


def test_a_page_asks_the_database_little(resident: Person, django_assert_max_num_queries: Any) -> None:
    with_draft(resident)
    resident.get("/here/2/")
    with django_assert_max_num_queries(6):
        resident.get("/here/2/")
