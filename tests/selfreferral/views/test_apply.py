"""Somebody asks for help: every page is kept nowhere, nothing can be jumped, and the way out always works."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone

from portal.pages.cookies import COOKIES
from selfreferral.asking import Value
from selfreferral.models import DraftReferral, Referral
from selfreferral.questions import PAGES
from selfreferral.views import apply
from selfreferral.views.privately import COOKIE
from tests.conftest import Person
from tests.factories.selfreferral import FOR_MY_SISTER, FOR_MYSELF, a_draft, a_referral

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_a_person")]


def start(person: Person) -> Any:
    return person.post("/get-help/")


def page_at(person: Person, number: int) -> str:
    found = re.search(r'name="page" value="(\w+)"', person.get(f"/here/{number}/").content.decode())
    assert found, f"no page at {number}"
    return found[1]


def answer(person: Person, number: int, **given: Value) -> Any:
    return person.post(f"/here/{number}/", {"page": page_at(person, number), **given})


def fill(person: Person, answers: Mapping[str, Value] = FOR_MYSELF) -> Any:
    """Go through every page, giving what each asks for; ends at the page to check."""
    start(person)
    response, number = person.get("/here/1/"), 1
    while True:
        response = answer(person, number, **answers)
        if response["Location"] == "/here/check/":
            return response
        number = int(response["Location"].strip("/").split("/")[-1])


def with_draft(person: Person, **changes: Any) -> Person:
    person.cookies[COOKIE] = a_draft(now=timezone.now(), **changes)
    return person


def test_the_first_page_gives_the_numbers_before_anything_else(resident: Person) -> None:
    page = resident.get("/get-help/").content.decode().split("<main")[1]
    assert page.index("in danger now") < page.index(">Start<") < page.index("116 123")
    assert "Who reads it" in page
    assert "/here/good-to-know/" in page


def test_looking_at_the_first_page_makes_no_draft(resident: Person) -> None:
    resident.get("/get-help/")
    assert not DraftReferral.objects.exists()


def test_the_cookie_is_for_these_pages_only_and_out_of_reach(resident: Person) -> None:
    cookie = start(resident).cookies[COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["expires"]) == (
        "/here/",
        True,
        "Strict",
        "",
        "",
    )
    assert not cookie["secure"]
    assert COOKIE in {listed.name for listed in COOKIES}


def test_over_https_the_cookie_is_secure(resident: Person, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    assert start(resident).cookies[COOKIE]["secure"]


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


@pytest.mark.parametrize(
    "path", ["/get-help/", "/here/1/", "/here/3/", "/here/check/", "/here/sent/", "/here/good-to-know/", "/here/leave/"]
)
def test_no_page_is_kept(resident: Person, path: str) -> None:
    response = with_draft(resident).get(path)
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert "sessionid" not in response.cookies


def test_titles_say_nothing(resident: Person) -> None:
    with_draft(resident)
    titles = set()
    for path in [*(f"/here/{number}/" for number in range(1, 9)), "/here/check/", "/here/good-to-know/"]:
        found = re.search(r"<title>(.*?) - ", resident.get(path).content.decode())
        assert found
        titles.add(found[1])
    assert titles == {*(f"Step {number} of 8" for number in range(1, 9)), "Check", "Good to know"}


def test_every_page_has_the_way_out_the_numbers_and_no_menu(resident: Person) -> None:
    with_draft(resident)
    for path in [*(f"/here/{number}/" for number in range(1, 9)), "/here/check/", "/here/good-to-know/"]:
        page = resident.get(path).content.decode()
        assert 'href="/here/leave/"' in page
        assert 'id="urgent-help"' in page
        assert "/have-your-say/" not in page
        assert "//" not in re.sub(r'xmlns="[^"]+"|https?://localhost[^"]*', "", page), path


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


@pytest.mark.parametrize(
    ("number", "given", "sentence"),
    [
        (4, {"name": " "}, "Give us a name to use"),
        (5, {}, "Give us one way"),
        (5, {"phone": "12"}, "Enter a phone number like 07700 900123"),
        (5, {"email": "nonsense"}, "Enter an e-mail address like name@example.org"),
        (6, {}, "Say yes to at least one way that is safe"),
        (6, {"safe_ring": "no", "safe_text": "no"}, "Say yes to at least one way that is safe"),
        (6, {"safe_voicemail": "yes"}, "To leave a voicemail we have to ring"),
        (1, {"for_whom": "nobody"}, "Select a valid choice"),
        (2, {"what_would_help": "x" * 5001}, "at most 5000 characters"),
    ],
)
def test_what_we_cannot_do_without_is_asked_for_again(
    resident: Person, number: int, given: dict[str, str], sentence: str
) -> None:
    with_draft(resident)
    refused = answer(resident, number, **given)
    assert (refused.status_code, refused["Location"]) == (302, f"/here/{number}/")
    response = resident.get(refused["Location"])
    page = response.content.decode()
    assert sentence in page
    assert "<title>Error: Step" in page
    assert response["Cache-Control"] == "no-store"


def test_what_was_typed_is_shown_again_until_it_is_put_right(resident: Person) -> None:
    with_draft(resident)
    answer(resident, 5, phone="12", email="jo@example.org")
    for _ in range(2):
        page = resident.get("/here/5/").content.decode()
        assert 'value="12"' in page
        assert "Enter a phone number" in page
    assert b"There is a problem" not in resident.get("/here/4/").content
    answer(resident, 5, phone="07700 900123")
    assert b"There is a problem" not in resident.get("/here/5/").content


def test_a_whole_book_is_not_kept_but_not_lost_either(resident: Person) -> None:
    with_draft(resident)
    response = answer(resident, 2, what_would_help="x" * 60_000)
    assert response.status_code == 200
    assert b"x" * 60_000 in response.content


def test_everything_else_can_be_skipped(resident: Person) -> None:
    fill(resident, {"name": "Jo", "place": "The food table", "safe_visit": "yes"})
    resident.post("/here/check/")
    assert Referral.objects.get().source == Referral.Source.SELF


def test_nul_and_control_characters_do_no_harm(resident: Person) -> None:
    with_draft(resident)
    answer(resident, 4, name="Jo\x00\x07")
    answer(resident, 5, phone="07700 900123\x00")
    assert resident.get("/here/check/").status_code == 200


def test_words_are_shown_as_words(resident: Person) -> None:
    with_draft(resident)
    answer(resident, 4, name="<script>alert(1)</script>")
    assert "<script>alert(1)" not in resident.get("/here/check/").content.decode()


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
    Referral.objects.update(received_at=timezone.now() - timedelta(hours=2))
    assert resident.get("/here/sent/")["Location"] == "/here/closed/"


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


def test_leaving_forgets_everything_and_goes_elsewhere(resident: Person, settings: Any) -> None:
    settings.QUICK_EXIT_URL = "https://weather.example/"
    with_draft(resident)
    response = resident.get("/here/leave/")
    assert (response.status_code, response["Location"]) == (303, "https://weather.example/")
    assert '"cookies"' in response["Clear-Site-Data"]
    assert '"cache"' in response["Clear-Site-Data"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert response.cookies[COOKIE]["max-age"] == 0
    assert response.cookies[COOKIE]["path"] == "/here/"
    assert not DraftReferral.objects.exists()
    for path in ("/here/4/", "/here/check/"):
        assert resident.get(path)["Location"] == "/"


def test_leaving_works_with_no_cookie_and_with_no_database(
    resident: Person, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    assert resident.get("/here/leave/").status_code == 303

    def broken(**_: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(apply, "leave_draft", broken)
    response = with_draft(resident).get("/here/leave/")
    assert (response.status_code, response["Location"]) == (303, settings.QUICK_EXIT_URL)


def test_leaving_is_a_link_and_nothing_else(resident: Person) -> None:
    assert with_draft(resident).post("/here/leave/").status_code == 405
    assert DraftReferral.objects.exists()


def test_leaving_after_sending_keeps_what_was_sent(resident: Person) -> None:
    with_draft(resident)
    resident.post("/here/check/")
    resident.get("/here/leave/")
    assert Referral.objects.count() == 1
    assert resident.get("/here/sent/")["Location"] == "/"


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


def test_forged_forms_are_refused() -> None:
    forger = Person(enforce_csrf_checks=True)
    assert forger.post("/get-help/").status_code == 403
    with_draft(forger)
    for path in ("/here/1/", "/here/check/"):
        assert forger.post(path).status_code == 403
    assert not Referral.objects.exists()


def test_nothing_that_was_typed_is_offered_to_the_next_person(resident: Person) -> None:
    with_draft(resident)
    for number in range(1, len(PAGES) - 1):
        page = resident.get(f"/here/{number}/").content.decode()
        for control in re.findall(r"<(?:input|textarea)[^>]*>", page):
            if 'type="hidden"' not in control:
                assert 'autocomplete="off"' in control, control


def test_a_page_asks_the_database_little(resident: Person, django_assert_max_num_queries: Any) -> None:
    with_draft(resident)
    resident.get("/here/2/")
    with django_assert_max_num_queries(6):
        resident.get("/here/2/")
