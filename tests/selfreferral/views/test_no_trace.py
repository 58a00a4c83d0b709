"""The pages of somebody who asks tell no story: no cookie that speaks, no title, and a way out that always works."""

import re
from typing import Any

import pytest
from django.db import DatabaseError

from portal.pages.cookies import COOKIES
from selfreferral.models import DraftReferral, Referral
from selfreferral.questions.pages import PAGES
from selfreferral.views import apply
from selfreferral.views.privately import COOKIE
from tests.conftest import Person
from tests.factories.asking import start, with_draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_a_person")]


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
