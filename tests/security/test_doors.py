"""Doors that change something: nothing by opening an address, nothing without our own form's token, and out is out."""

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import PASSWORD, Person
from tests.security.routes import every_route, filled
from tests.security.test_headers import public_addresses
from tests.security.test_roles import address_of, is_tried, who_may
from tests.security.village import ROLE_NAMES, people, tried, values, village

__all__ = ["people", "village"]  # the fixtures of this file
# Others send to these without our page: mail programs by one click, and mail providers, who prove themselves.
WITHOUT_A_TOKEN = re.compile(r"^/(webhooks/mail|news/u|have-your-say/(stop|alerts/stop)|tell-me/stop)/")
CHANGES = re.compile(
    r"^\s*(INSERT INTO|UPDATE|DELETE FROM) \"(?!django_session|audit_|selfreferral_reveal|usersessions|wagtailadmin)",
    re.I,
)


def changes_by_opening(person: Person, method: str, address: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        tried(person, method, address)
    return [query["sql"][:90] for query in queries if CHANGES.match(query["sql"])]


def test_opening_an_address_changes_nothing(people: dict[str, Person]) -> None:
    """By GET and by HEAD, of every public address by a stranger and of every staff address by who may open it."""
    known = values()
    changed = []
    for address in public_addresses():
        for method in ("get", "head"):
            changed += [f"{method} {address}: {sql}" for sql in changes_by_opening(people["stranger"], method, address)]
    for route in every_route():
        roles = who_may(route) if is_tried(route) else None
        who = next((name for name in ROLE_NAMES if roles and name in roles), None)
        if who and route.marks:
            address = address_of(route, known)
            changed += [f"{who} {address}: {sql}" for sql in changes_by_opening(people[who], "get", address)]
    assert [line for line in changed if not re.search(MAY_WRITE, line)] == []


# Which colleague is reading a comment is noted for the others. What is drawn when it is first asked for is kept. Where a
# list of requests was opened is remembered.
MAY_WRITE = r"wagtailimages_rendition|comments_reading|django_tasks|/staff/referrals/|/here/leave/"


def test_no_form_is_taken_without_the_token_of_its_page(people: dict[str, Person]) -> None:
    """Every address that takes a form, public or of staff, by somebody whom a foreign page sends here."""
    known, taken, count = values(), [], 0
    forged = {name: Person(enforce_csrf_checks=True) for name in ("stranger", *ROLE_NAMES)}
    for name in ROLE_NAMES:
        forged[name].cookies = people[name].cookies
    for route in every_route():
        staff = who_may(route) if is_tried(route) else None
        who = next((name for name in ROLE_NAMES if staff and name in staff), "stranger")
        if not (staff or "is_public" in route.marks) or "(?P" in route.pattern or "^" in route.pattern:
            continue
        address = filled(
            route.pattern, {**known, "": {"token": "x", "key": "x", "slug": "x", "code": "x", "rest": "x"}}
        )
        if WITHOUT_A_TOKEN.match(address):
            continue
        answer = tried(forged[who], "post", address, x="1")
        count += 1
        is_kind = answer.status_code in {200, 302, 303, 410} and address.startswith("/here/")
        if answer.status_code not in {403, 404, 405} and not is_kind:
            taken.append(f"{who} {address}: {answer.status_code}")
    taken = [line for line in taken if not re.search(LEADS_AWAY, line)]
    assert taken == [], "\n".join(taken)
    assert count > 200


# Old doors of Wagtail's that only lead to ours.
LEADS_AWAY = r"/(staff/(login|logout|password_reset)|_util/login)/"


@pytest.mark.parametrize(
    "address",
    ["/search/", "/privacy/", "/cookies/", "/whats-on/", "/warm-spaces/", "/found-a-weakness/"],
)
def test_a_page_that_takes_nothing_says_so(address: str, people: dict[str, Person]) -> None:
    assert tried(people["stranger"], "post", address).status_code == 405


@pytest.mark.django_db
def test_whoever_signs_out_is_out_on_the_server_too(editor: Person, settings: Any) -> None:
    before = Person()
    before.get("/accounts/login/")
    first = before.cookies.get(settings.SESSION_COOKIE_NAME)
    before.post("/accounts/login/", {"login": editor.user.email, "password": PASSWORD})
    kept = before.cookies[settings.SESSION_COOKIE_NAME].value
    assert first is None or first.value != kept
    assert before.get("/staff/").status_code == 200
    before.post("/accounts/logout/")
    assert not Session.objects.filter(session_key=kept).exists()
    thief = Person()
    thief.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert thief.get("/staff/").status_code == 302


@pytest.mark.django_db
def test_a_new_password_ends_every_other_session(editor: Person) -> None:
    other = Person()
    other.force_login(editor.user, backend="django.contrib.auth.backends.ModelBackend")
    assert other.get("/staff/").status_code == 200
    editor.user.set_password("quite another long password")
    editor.user.save()
    assert other.get("/staff/").status_code == 302


@pytest.mark.parametrize("sort", ["csv", "xlsx"])
@pytest.mark.parametrize("report", ["aging-pages", "site-history", "page-types-usage", "workflow"])
def test_no_list_of_wagtails_leaves_as_a_spreadsheet_that_could_run(
    report: str, sort: str, people: dict[str, Person]
) -> None:
    """Wagtail does not make formulas harmless; our own exports do, by `portal.spreadsheets`."""
    assert tried(people["editor"], "get", f"/staff/reports/{report}/", export=sort).status_code == 403
