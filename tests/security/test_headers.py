"""Every public page and the sign-in earn a hundred and more by the Observatory's table, with production's own settings."""

import importlib
import re
import secrets
import sys
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import override_settings

from portal.pages.middleware import NOT_ASKED_FOR
from tests.conftest import Person
from tests.security.observatory import directives_of, mark
from tests.security.routes import Route, every_route, filled
from tests.security.village import people, values, village

__all__ = ["people", "village"]  # the fixtures of this file
HOST = "together.example.org"
SECRETS = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "REFERRAL_KEYS": "dGVzdC1rZXktdGVzdC1rZXktdGVzdC1rZXktdGVzdC0=",
    "INDEX_KEY": "aW5kZXgta2V5LWluZGV4LWtleS1pbmRleC1rZXktaW4=",
    "BASE_URL": f"https://{HOST}",
    "ALLOWED_HOSTS": HOST,
}
HEADERS_OF_PRODUCTION = re.compile(
    r"SECURE_|X_FRAME|CONTENT_SECURITY|MIDDLEWARE$|BASE_URL|ALLOWED_HOSTS|CSRF_TRUSTED|SESSION_COOKIE_(SECURE|HTTP|SAME)"
    r"|CSRF_COOKIE_(SECURE|HTTP|SAME)"
)


@pytest.fixture(scope="module")
def production() -> dict[str, Any]:
    """What production sets, read from its own file with an environment of its own."""
    from portal.settings.environment import env

    with pytest.MonkeyPatch.context() as patch:
        for name, value in SECRETS.items():
            patch.setitem(env.ENVIRON, name, value)
        kept = {name: sys.modules.pop(name, None) for name in ("portal.settings.production", "portal.settings.base")}
        try:
            module = importlib.import_module("portal.settings.production")
        finally:
            sys.modules.update({name: module for name, module in kept.items() if module is not None})
    return {name: value for name, value in vars(module).items() if name.isupper()}


def public_addresses() -> list[str]:
    """Every address that a stranger may open and that needs no token of somebody's own, and the ways in."""
    known = {
        **values(),
        "venues/": {"slug": "nothing"},
        "here/": {"number": 1},
    }
    needs_a_token = re.compile(r"<\w+:(token|key|code|reference|rest|number|schedule)>|\(\?P|webhooks/|\^|_util|staff/")
    addresses = [filled(route.pattern, known) for route in every_route() if _is_open(route, needs_a_token)]
    return sorted(
        {
            *addresses,
            "/",
            "/news/",
            "/no-such-page/",
            "/accounts/login/",
            "/accounts/password/reset/",
            "/accounts/2fa/authenticate/",
        }
    )


def _is_open(route: Route, leave_out: re.Pattern[str]) -> bool:
    return "is_public" in route.marks and not leave_out.search(route.pattern)


def test_every_public_page_and_the_sign_in_earn_a_hundred(
    people: dict[str, Person], production: dict[str, Any]
) -> None:
    chosen = {name: value for name, value in production.items() if HEADERS_OF_PRODUCTION.match(name)}
    weak, marks = [], {}
    with override_settings(**chosen):
        stranger = Person()
        stranger.raise_request_exception = False
        for address in public_addresses():
            answer = stranger.get(address, secure=True, headers={"host": HOST})
            body = "" if answer.streaming else answer.content.decode(errors="ignore")
            points, given = mark(answer.headers, SimpleCookie(answer.cookies), body)
            marks[address] = points
            if points < 100 or (answer.status_code >= 500 and address != "/readyz"):
                weak.append(f"{address} {answer.status_code}: {points} {given}")
    assert weak == [], "\n".join(weak)
    assert len(marks) > 40
    assert marks["/"] >= 130
    assert marks["/accounts/login/"] >= 130


@pytest.mark.parametrize("address", ["/", "/get-help/", "/have-your-say/add/", "/news/subscribe/", "/accounts/login/"])
def test_a_public_page_runs_and_asks_for_nothing_that_it_does_not_need(address: str, people: dict[str, Person]) -> None:
    answer = people["stranger"].get(address)
    policy = directives_of(answer["Content-Security-Policy"])
    for name in ("default-src", "object-src", "base-uri", "frame-ancestors"):
        assert policy[name] == {"'none'"}
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == {"'self'"}
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    for name in NOT_ASKED_FOR:
        assert f"{name}=()" in answer["Permissions-Policy"]


def test_the_deployment_checks_have_nothing_to_warn_of(production: dict[str, Any]) -> None:
    """`check_all` runs the command itself; here the settings that it looks at are tried at once."""
    chosen = {name: value for name, value in production.items() if HEADERS_OF_PRODUCTION.match(name)}
    with override_settings(**chosen, SECRET_KEY=production["SECRET_KEY"], DEBUG=False):
        assert run_checks(tags=["security"], include_deployment_checks=True) == []


def test_cookies_of_production_are_bound_to_the_host_and_https_is_kept_for_a_year(production: dict[str, Any]) -> None:
    assert production["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert production["CSRF_COOKIE_NAME"].startswith("__Host-")
    for kind in ("SESSION", "CSRF"):
        assert production[f"{kind}_COOKIE_SECURE"]
        assert production[f"{kind}_COOKIE_HTTPONLY"]
    assert production["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert production["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    assert production["SECURE_SSL_REDIRECT"]


def test_staff_pages_are_kept_by_nobody_and_ours_run_no_script_in_the_page(people: dict[str, Person]) -> None:
    for who, address in (
        ("navigator", "/staff/referrals/"),
        ("coordinator", "/staff/comments/"),
        ("coordinator", "/staff/venues/"),
        ("editor", "/staff/images/"),
        ("administrator", "/staff/"),
    ):
        answer = people[who].get(address)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Frame-Options"] == "SAMEORIGIN"
        policy = directives_of(answer["Content-Security-Policy"])
        assert policy["frame-ancestors"] == {"'self'"}
        is_ours = address in {"/staff/referrals/", "/staff/comments/"}
        assert ("'unsafe-inline'" in policy["script-src"]) is not is_ours
        if is_ours:
            scripts = re.findall(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)[^>]*>", answer.content.decode())
            assert scripts == []
            assert not re.search(r"\son(click|change|submit|load)=", answer.content.decode())


def test_pictures_and_documents_are_served_in_a_sandbox(people: dict[str, Person]) -> None:
    from wagtail.documents.models import Document
    from wagtail.images.models import Image

    image = Image.objects.first()
    assert image is not None
    picture = people["stranger"].get(image.get_rendition("width-100").url)
    document = people["stranger"].get(Document.objects.get().url)
    for answer in (picture, document):
        assert answer.status_code == 200
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert document["Content-Disposition"].startswith("attachment")
    assert people["stranger"].get(f"/media/{image.file.name}").status_code == 404
