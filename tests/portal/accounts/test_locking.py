"""A session of staff locks when nobody is there, and after ten hours; typed words are given back and nothing is lost."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from portal.accounts.locking import is_by_a_person, is_locked
from portal.accounts.middleware import BEGUN, SEEN, Why
from portal.accounts.models import User
from portal.geo.models import NamedPlace
from tests.conftest import PASSWORD, Person

# What a browser says of a form that stood on a page of this site.
OURS = {"Sec-Fetch-Site": "same-origin"}

IDLE, MOST = timedelta(minutes=15), timedelta(hours=10)


@pytest.mark.parametrize(
    ("begun", "seen", "expected"),
    [(0, 0, False), (60, 15, False), (60, 15.1, True), (599, 1, False), (600.1, 0, True), (601, 20, True)],
)
def test_when_a_session_locks(begun: float, seen: float, expected: bool) -> None:
    now = 1_800_000_000.0
    assert is_locked(begun=now - begun * 60, seen=now - seen * 60, now=now, idle=IDLE, most=MOST) is expected


@pytest.mark.parametrize(
    ("method", "path", "mode", "expected"),
    [
        ("GET", "/staff/", "navigate", True),
        ("GET", "/staff/", None, True),
        ("GET", "/staff/progress/", "cors", False),
        ("POST", "/staff/pages/1/edit/", "cors", True),
        ("POST", "/staff/editing-sessions/ping/1/", "cors", False),
    ],
)
def test_what_tells_that_somebody_is_there(method: str, path: str, mode: str | None, expected: bool) -> None:
    headers = {"Sec-Fetch-Mode": mode} if mode else {}
    assert is_by_a_person(method=method, path=path, headers=headers) is expected


def away(person: Person, *, minutes: float = 0, hours: float = 0) -> None:
    """Nobody was there for so many minutes, or it is so many hours since they signed in."""
    session, now = person.session, timezone.now().timestamp()
    if minutes:
        session[SEEN] = now - minutes * 60
    if hours:
        session[BEGUN] = now - hours * 3600
    session.save()


@pytest.mark.django_db
@pytest.mark.parametrize("gone", [{"minutes": 16}, {"hours": 10.1}])
def test_a_locked_session_asks_who_is_there_and_goes_on_at_the_same_page(
    administrator: Person, gone: dict[str, float]
) -> None:
    assert administrator.get("/staff/components/").status_code == 200
    away(administrator, **gone)
    asked = administrator.get("/staff/components/")
    assert asked["Location"] == "/accounts/reauthenticate/?next=%2Fstaff%2Fcomponents%2F"
    assert administrator.get("/accounts/sessions/")["Location"].startswith("/accounts/reauthenticate/")
    wrong = administrator.post(asked["Location"], {"password": "wrong"})
    assert wrong.status_code == 200
    assert administrator.get("/staff/components/").status_code == 302
    answer = administrator.post(asked["Location"], {"password": PASSWORD, "next": "/staff/components/"})
    assert answer["Location"] == "/staff/components/"
    assert administrator.get("/staff/components/").status_code == 200


@pytest.mark.django_db
def test_who_is_there_is_not_locked(administrator: Person) -> None:
    for _ in range(3):
        away(administrator, minutes=14)
        assert administrator.get("/staff/components/").status_code == 200


@pytest.mark.django_db
def test_a_page_that_asks_by_itself_keeps_no_session_open(administrator: Person) -> None:
    away(administrator, minutes=14)
    administrator.get("/staff/components/", headers={"Sec-Fetch-Mode": "cors"})
    assert administrator.session[SEEN] < timezone.now().timestamp() - 13 * 60
    away(administrator, minutes=16)
    asked = administrator.get("/staff/components/", headers={"Sec-Fetch-Mode": "cors"})
    assert asked.status_code == 403
    assert asked.json() == {"error": "Sign in again."}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("how", "because"),
    [
        ("away", "Nobody pressed anything for a while"),
        ("flushed", "You are signed out."),
        ("signed out in a second tab", "You are signed out."),
        ("no second step", "Your account has no second step yet."),
    ],
)
def test_typed_words_come_back_with_the_reason_and_nothing_is_kept(
    coordinator: Person, settings: Any, how: str, because: str
) -> None:
    form = reverse("named-places:add")
    typed = {"name": "The <old> pit canteen", "kind": "hall", "slug": "pit", "position": "1", "password": "secret"}
    if how == "away":
        away(coordinator, minutes=16)
    elif how == "flushed":
        coordinator.session.flush()
    elif how == "no second step":
        settings.REQUIRE_MFA = True
    else:
        coordinator.post("/accounts/logout/")
        assert "sessionid" not in {name for name, cookie in coordinator.cookies.items() if cookie.value}
    held = coordinator.post(form, typed, headers=OURS)
    page = held.content.decode()
    assert held.status_code == 403
    assert "no-store" in held["Cache-Control"]
    assert "The &lt;old&gt; pit canteen</textarea>" in page
    assert "secret" not in page
    assert "next=%2Faccounts%2Fback%2F" in page
    assert [one for one in Why if one.value in page] == [one for one in Why if one.value.startswith(because)]
    assert not NamedPlace.objects.filter(slug="pit").exists()
    assert "canteen" not in str(dict(coordinator.session))


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["nowhere known", "https://elsewhere.example"])
def test_a_stranger_whose_form_was_on_no_page_of_ours_is_only_asked_to_sign_in(where: str) -> None:
    headers = {"Origin": where} if where.startswith("https") else {}
    answer = Person().post(reverse("named-places:add"), {"name": "The old pit canteen"}, headers=headers)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/")


@pytest.mark.django_db
@pytest.mark.parametrize(("key", "status"), [("1", 403), ("no-such-link", 404)])
def test_a_keeper_who_is_signed_out_keeps_their_words_too(key: str, status: int) -> None:
    answer = Person().post(
        f"/keeping/{key}/change/", {"opening_hours_words": "Open till nine on Fridays"}, headers=OURS
    )
    assert answer.status_code == status
    assert ("Open till nine on Fridays</textarea>" in answer.content.decode()) is (status == 403)


def fields_of(response: HttpResponseBase) -> dict[str, str]:
    """What the form of a page would send at the next press."""
    assert isinstance(response, HttpResponse)
    page = response.content.decode()
    hidden = re.findall(r'<textarea name="([^"]+)"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    inputs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in [*inputs, *hidden]}


@pytest.mark.django_db
def test_words_go_the_whole_way_through_a_new_sign_in(coordinator: Person) -> None:
    """The sign-in makes a new token, so the held page's is old: the next page gives the words back with a button."""
    browser = Person(enforce_csrf_checks=True, headers={"sec-fetch-site": "same-origin"})
    form = reverse("named-places:add")

    def sign_in(door: str) -> None:
        token = fields_of(browser.get(door))["csrfmiddlewaretoken"]
        answer = browser.post(
            door, {"login": coordinator.user.email, "password": PASSWORD, "csrfmiddlewaretoken": token}
        )
        assert answer.status_code == 302

    sign_in("/accounts/login/")
    shown = fields_of(browser.get(form))["csrfmiddlewaretoken"]
    browser.post("/accounts/logout/", {"csrfmiddlewaretoken": shown})
    typed = {"name": "The pit canteen & hall", "kind": "building", "slug": "pit", "position": "1"}
    held = browser.post(form, {**typed, "csrfmiddlewaretoken": shown}, headers=OURS)
    assert "Your words are still here" in held.content.decode()
    sign_in("/accounts/login/?next=%2Faccounts%2Fback%2F")
    expired = browser.post(form, fields_of(held))
    assert expired.status_code == 403
    assert "We could not take that" in expired.content.decode()
    assert f'action="{form}"' in expired.content.decode()
    assert not NamedPlace.objects.filter(slug="pit").exists()
    kept = browser.post(form, fields_of(expired))
    assert kept.status_code == 302
    assert NamedPlace.objects.get(slug="pit").name == "The pit canteen & hall"


@pytest.mark.django_db
def test_a_locked_browser_is_a_stranger_on_public_pages(partner: Person) -> None:
    away(partner, minutes=16)
    assert partner.get("/cookies/").status_code == 200
    assert partner.get("/keeping/")["Location"].startswith("/accounts/reauthenticate/")


@pytest.mark.django_db
def test_a_new_sign_in_has_a_new_key(editor: Person) -> None:
    somebody = Person()
    somebody.get("/accounts/login/")
    session = somebody.session
    session["before"] = 1
    session.save()
    before = somebody.session.session_key
    somebody.cookies["sessionid"] = before or ""
    somebody.post("/accounts/login/", {"login": editor.user.email, "password": PASSWORD})
    assert somebody.session.session_key != before


@pytest.mark.django_db
def test_a_new_password_ends_the_other_sessions(editor: Person) -> None:
    here, there = Person(), Person()
    for browser in (here, there):
        browser.post("/accounts/login/", {"login": editor.user.email, "password": PASSWORD})
    new = "three dry herrings"
    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert User.objects.get(pk=editor.user.pk).check_password(new)
    assert here.get("/staff/").status_code == 200
    assert there.get("/staff/").status_code == 302


@pytest.mark.django_db
def test_signing_out_everywhere_else_and_what_the_list_keeps(editor: Person) -> None:
    here, there = Person(headers={"user-agent": "Mozilla/5.0 (X11; Linux) Firefox/130.0"}), Person()
    for browser in (here, there):
        browser.post("/accounts/login/", {"login": editor.user.email, "password": PASSWORD})
    page = here.get("/accounts/sessions/").content.decode()
    assert "Firefox on Linux" in page
    assert "127.0.0.1" not in page
    here.post("/accounts/sessions/")
    assert here.get("/staff/").status_code == 200
    assert there.get("/staff/").status_code == 302
    from allauth.usersessions.models import UserSession

    assert {session.ip for session in UserSession.objects.all()} == {"0.0.0.0"}


@pytest.mark.django_db
def test_signing_out_ends_the_session_on_the_server(editor: Person) -> None:
    stolen = Person()
    stolen.cookies["sessionid"] = editor.cookies["sessionid"].value
    assert stolen.get("/staff/").status_code == 200
    editor.post("/accounts/logout/")
    assert stolen.get("/staff/").status_code == 302
