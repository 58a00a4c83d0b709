"""Every staff address, by every role, a stranger and a resident's account, by GET and POST: as the table of roles says."""

import re
from typing import Any
from unittest import mock

import pytest
from django.http import HttpResponseBase

from portal.accounts.roles import ROLES
from selfreferral import vault
from tests.conftest import Person
from tests.factories.selfreferral import a_referral
from tests.security.routes import Route, every_route, filled
from tests.security.village import CANARY, NOBODY, ROLE_NAMES, doors_only, people, tried, values, village

__all__ = ["people", "village"]  # the fixtures of this file

EVERYBODY = frozenset({*ROLE_NAMES, *NOBODY})
STAFF = frozenset(ROLE_NAMES)
WRITERS = frozenset({"coordinator", "editor"})
EDITOR = frozenset({"editor"})
COORDINATOR = frozenset({"coordinator"})
ADMINISTRATOR = frozenset({"administrator"})
NO_ONE: frozenset[str] = frozenset()

# Who may pass what Wagtail brings, by how its route begins; the first line that fits counts. What is ours says it itself.
WAGTAILS: tuple[tuple[str, frozenset[str]], ...] = (
    (r"staff/(jsi18n|sprite)/", EVERYBODY),
    (r"staff/$|staff/(account|dismissibles|editing-sessions)/", STAFF),
    # Nobody here unlocks what a colleague locked, and nothing goes through a workflow.
    (r"staff/reports/locked/|staff/pages/(.*/unlock/|workflow/(action|collect|preview))", NO_ONE),
    (r"staff/(sites/(new|copy|delete)|(comment-themes|consultations|referral-sources)/delete)/", NO_ONE),
    (r"staff/(api|pages|reports|embeds|block-preview|newspaper-topics|documents)/", EDITOR),
    (r"staff/(images|tag-autocomplete|choose-)", WRITERS),
    (r"staff/bulk/", WRITERS),
    (r"staff/(venues|activities)/(results/|inspect/|$)", COORDINATOR | {"partner"}),
    (
        r"staff/(venues|activities|organisations|contacts|school_holidays|comment-themes|consultations|named-places"
        r"|saved-replies|comment-checklist)/",
        COORDINATOR,
    ),
    (r"staff/(parts-of-life|referral-sources)/", frozenset({"lead"})),
    (r"staff/(users|groups|sites)/", ADMINISTRATOR),
    (r"staff/settings/", WRITERS | ADMINISTRATOR),
    (r"staff/(collections|redirects|snippets|workflows|failwhale|test404)/", NO_ONE),
)
# These lead to the one way in or out, or nowhere, whoever comes.
# Handing over a tablet is a way out; rounds and calls are tried by every role in tests/selfreferral/views/test_surveys.py.
DOORS = (
    r"staff/(login|logout|password_reset)/|staff/\^\.\*/\$"
    r"|staff/referrals/(.*/assess/here/|(surveys|calls)/<uuid:pk>/)"
)
# Addresses of one route that differ by what they name.
NAMED = {
    "/staff/settings/pages/urgenthelp/": WRITERS | ADMINISTRATOR,
    "/staff/settings/pages/siteidentity/": ADMINISTRATOR,
    "/staff/settings/newsletter/newspapersettings/": EDITOR,
    "/staff/bulk/wagtailimages/image/delete/": WRITERS,
    "/staff/bulk/wagtailcore/page/delete/": EDITOR,
    "/staff/bulk/wagtaildocs/document/delete/": EDITOR,
}
# Past the door of the role stands the door of whoever holds the request, which tests/selfreferral tries; and Wagtail's own
# screens of accounts may be shut to everybody, or lead to ours, which do that work.
MAY_BE_SHUT = r"^/staff/referrals/.*/(words|renew|reveal)/$|^/staff/(users|groups|bulk|sprite|jsi18n)/"
REGEX_PARTS = {
    r"(\d+)": "<int:page_id>",
    r"(live|earliest|\d+)\.\.\.(live|latest|\d+)": "live...latest",
    "^": "",
    "$": "",
    ".*": "x",
}
OURS = {
    r"(?P<number>\d{1,9})": "1",
    "(?P<change>kept|not-kept|drop)": "kept",
    r"(?P<code>[\w-]{1,8})": "x",
    r"(?P<sheet>map|stickers|writing-sheet)\.pdf": "map.pdf",
    "(?P<came_by>paper|phone)": "paper",
}


def who_may(route: Route) -> frozenset[str] | None:
    """Roles that may pass: by the permission that our own view names, else by the table above; None is in no table."""
    permission = route.marks.get("required_permission")
    if permission:
        return frozenset(name for name, role in ROLES.items() if permission in role.permissions)
    return next((roles for start, roles in WAGTAILS if re.match(start, route.pattern)), None)


def address_of(route: Route, known: dict[str, dict[str, Any]]) -> str:
    pattern = route.pattern
    for part, value in OURS.items():
        pattern = pattern.replace(part, value)
    pattern = re.sub(
        r"\(\?P<(\w+)>(.*?)\)", lambda part: part[2].split("|")[0] if "|" in part[2] else f"<str:{part[1]}>", pattern
    )
    for part, value in REGEX_PARTS.items():
        pattern = pattern.replace(part, value)
    return filled(pattern, known)


def is_refused(response: HttpResponseBase) -> bool:
    """Sent to sign in, sent home by Wagtail with a word, or told no."""
    if response.status_code == 302:
        return response["Location"].startswith("/accounts/login/") or response["Location"] == "/staff/"
    return response.status_code == 403


def gives_nothing(response: HttpResponseBase) -> bool:
    """Refused, or nothing there, or nothing that this method does."""
    return is_refused(response) or response.status_code in {404, 405}


def test_every_address_answers_each_role_as_the_table_says(
    people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    known = values()
    table = [(address_of(route, known), who_may(route)) for route in every_route() if is_tried(route)]
    table += list(NAMED.items())
    wrong, count = [], 0
    with doors_only(people, monkeypatch):
        for address, roles in table:
            assert roles is not None, f"{address}: say in WAGTAILS who may pass."
            for who, person in people.items():
                for method in ("get", "post"):
                    response = tried(person, method, address)
                    count += 1
                    shut = is_refused(response) and not re.search(MAY_BE_SHUT, address)
                    is_wrong = shut if who in roles else not gives_nothing(response)
                    if is_wrong:
                        wrong.append(f"{who} {method} {address}: {response.status_code}")
    assert wrong == [], "\n".join(wrong)
    assert count > 2_000


def is_tried(route: Route) -> bool:
    return route.is_staff and not re.match(DOORS, route.pattern)


@pytest.mark.parametrize("address", ["/staff/login/", "/staff/password_reset/", "/staff/"])
def test_no_door_of_wagtails_asks_for_a_password(address: str, people: dict[str, Person]) -> None:
    assert people["stranger"].get(address)["Location"].startswith("/accounts/login/")


BELOW = [name for name, role in ROLES.items() if "selfreferral.view_queue" not in role.permissions]
PUBLIC = (
    "/",
    "/search/?query=kingfisher",
    "/have-your-say/",
    "/whats-on/",
    "/sitemap.xml",
    "/sitemap/pages-0.xml",
    "/privacy/",
)


def words_of(response: HttpResponseBase) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return content.decode(errors="ignore") + str(dict(response.headers))


def test_no_page_below_the_room_shows_a_word_of_a_request_for_help_or_opens_one(people: dict[str, Person]) -> None:
    known = values()
    canary = a_referral(what_would_help=CANARY, name=CANARY)
    known["staff/"]["reference"] = canary.reference
    pages = [(address_of(route, known), who_may(route) or NO_ONE) for route in every_route() if is_tried(route)]
    pages += [*NAMED.items(), *((address, EVERYBODY) for address in PUBLIC)]
    leaks, looked_at = [], 0
    with mock.patch.object(vault.Strongbox, "open", side_effect=AssertionError("opened below the room")):
        for who in (*BELOW, *NOBODY):
            for address, roles in pages:
                # What a partner is shown is chosen for them; tests/selfreferral/sharing looks at that.
                # Health tries the keys on a sentence of ours.
                if who not in roles or address.startswith(("/staff/shared/", "/staff/health/")):
                    continue
                response = tried(people[who], "get", address)
                looked_at += 1
                if CANARY in words_of(response) or response.status_code >= 500:
                    leaks.append(f"{who} {address} {response.status_code}")
    assert leaks == [], "\n".join(leaks)
    assert looked_at > 200
    # Else nothing would be found for another reason.
    assert CANARY in words_of(people["navigator"].get(f"/staff/referrals/{canary.reference}/"))
