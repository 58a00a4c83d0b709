"""Asking somebody how they are: on the worker's page, with a code, on a tablet that is handed over, and on paper."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from selfreferral.actions.assessments import give_code
from selfreferral.models import Domain, Referral, SelfAssessment
from selfreferral.views.stages import COOKIE, SENT_COOKIE
from tests.conftest import Person
from tests.factories.selfreferral import claimed
from tests.paper import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db: None) -> Domain:
    return Domain.objects.create(name="Home", asks="How are things with where you live?")


@pytest.fixture
def referral(navigator: Person, home: Domain) -> Referral:
    return claimed(by=navigator.user, now=timezone.now())


def at(referral: Referral, rest: str = "") -> str:
    return f"/staff/referrals/{referral.reference}/assess/{rest}"


def sheet(home: Domain, **more: Any) -> dict[str, Any]:
    return {f"part_{home.pk}": "4", "given_on": f"{timezone.localdate()}", "way": "paper", **more}


def test_a_sheet_is_typed_in_and_stands_on_both_pages(navigator: Person, referral: Referral, home: Domain) -> None:
    assert home.asks in navigator.get(at(referral)).content.decode()
    answer = navigator.post(at(referral), sheet(home, words="The roof leaks."), follow=True)
    page = answer.content.decode()
    assert "Written down." in page
    assert "The roof leaks." in page
    assert "They said it 1 time." in navigator.get(f"/staff/referrals/{referral.reference}/").content.decode()


def test_what_is_refused_keeps_what_was_typed(navigator: Person, referral: Referral, home: Domain) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    for wrong in ({"given_on": f"{tomorrow}"}, {f"part_{home.pk}": "11"}, {"way": "screen"}):
        answer = navigator.post(at(referral), sheet(home, words="The roof leaks.", **wrong))
        assert answer.status_code == 400
        assert "The roof leaks." in answer.content.decode()
    assert not SelfAssessment.objects.exists()


def test_others_see_nothing_of_it(
    stranger: Person, other_navigator: Person, coordinator: Person, referral: Referral, home: Domain
) -> None:
    assert stranger.get(at(referral)).status_code == 302
    assert coordinator.get(at(referral)).status_code == 403
    assert other_navigator.get(at(referral)).status_code == 403
    for rest in ("", "code/", "here/"):
        other_navigator.post(at(referral, rest), sheet(home))
        assert coordinator.post(at(referral, rest), sheet(home)).status_code == 403
    assert not SelfAssessment.objects.exists()
    assert not hasattr(Referral.objects.get(pk=referral.pk), "assessment_code")
    assert other_navigator.get("/staff/").status_code == 200


def test_with_a_code_somebody_answers_on_their_own_phone(
    navigator: Person, resident: Person, referral: Referral, home: Domain
) -> None:
    page = navigator.post(at(referral, "code/")).content.decode()
    code = page.split('asked-say">')[2].split("<")[0]
    answer = resident.post("/here/how/", {"code": code.lower()})
    assert answer["Location"] == "/here/how/numbers/"
    shown = resident.get("/here/how/numbers/")
    assert home.asks in shown.content.decode()
    assert shown.headers["Cache-Control"] == "no-store"
    for word in (referral.reference, referral.nickname, "Example Jo"):
        assert word not in shown.content.decode()
    assert "part at least" in resident.post("/here/how/numbers/", {}).content.decode()
    answer = resident.post("/here/how/numbers/", {f"part_{home.pk}": "7"})
    assert answer["Location"] == "/here/how/thanks/"
    assert resident.get("/here/how/thanks/").status_code == 200
    row = SelfAssessment.objects.get()
    assert (row.referral, row.way, row.scores.get().stage) == (referral, "screen", 7)
    assert resident.get("/here/how/numbers/")["Location"] == "/here/how/"


def test_a_code_that_opens_nothing_gets_one_answer_and_guessing_ends(resident: Person) -> None:
    shown = resident.post("/here/how/", {"code": "K7MP-2QXR"}).content.decode()
    assert "does not work" in shown
    assert "may have been used already, or be more than seven days old" in shown
    resident.cookies[COOKIE] = "K7MP-2QXR"
    assert resident.get("/here/how/numbers/")["Location"] == "/here/how/"
    statuses = {resident.post("/here/how/", {"code": "K7MP-2QXR"}).status_code for _ in range(10)}
    assert 429 in statuses


def test_thanks_are_for_whoever_has_just_sent_something(
    navigator: Person, resident: Person, stranger: Person, referral: Referral, home: Domain
) -> None:
    assert resident.get("/here/how/thanks/")["Location"] == "/here/how/"
    code = give_code(referral=referral, by=navigator.user, now=timezone.now())
    resident.post("/here/how/", {"code": code})
    answer = resident.post("/here/how/numbers/", {f"part_{home.pk}": "7"})
    cookie = answer.cookies[SENT_COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/here/how/thanks/", True, "Strict")
    assert "We have it." in resident.get("/here/how/thanks/").content.decode()
    assert stranger.get("/here/how/thanks/")["Location"] == "/here/how/"


def test_codes_cannot_be_tried_out_by_the_cookie(navigator: Person, resident: Person, referral: Referral) -> None:
    page = navigator.post(at(referral, "code/")).content.decode()
    resident.cookies[COOKIE] = page.split('asked-say">')[2].split("<")[0]
    assert resident.get("/here/how/numbers/")["Location"] == "/here/how/"


def test_a_tablet_that_is_handed_over_is_signed_out_first(navigator: Person, referral: Referral, home: Domain) -> None:
    answer = navigator.post(at(referral, "here/"))
    assert answer["Location"] == "/here/how/numbers/"
    assert navigator.get(at(referral)).status_code == 302
    assert home.asks in navigator.get("/here/how/numbers/").content.decode()
    cookie = answer.cookies[COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/here/how/", True, "Strict")


@pytest.mark.parametrize("size", ["", "?print=large"])
def test_the_sheet_asks_the_same_on_paper(navigator: Person, home: Domain, size: str) -> None:
    answer = navigator.get(f"/staff/referrals/sheet/{size}")
    words = words_of(answer.content)
    assert "How are things with where you live?" in words


def test_the_lead_keeps_the_list_and_what_was_answered_stays(
    lead: Person, navigator: Person, referral: Referral, home: Domain
) -> None:
    navigator.post(at(referral), sheet(home))
    assert navigator.get("/staff/parts-of-life/").status_code in {302, 403}
    lead.post("/staff/parts-of-life/new/", {"name": "Money", "asks": "How is it with money?", "position": "2"})
    assert Domain.objects.filter(name="Money", is_active=False).exists()
    lead.post(f"/staff/parts-of-life/delete/{home.pk}/")
    assert Domain.objects.filter(pk=home.pk).exists()


def test_a_code_is_asked_about_nothing_that_was_switched_off(
    navigator: Person, resident: Person, referral: Referral, home: Domain
) -> None:
    Domain.objects.create(name="Garden", asks="How is the garden?", is_active=False)
    resident.cookies[COOKIE] = give_code(referral=referral, by=navigator.user, now=timezone.now())
    assert "garden" not in resident.get("/here/how/numbers/").content.decode()
