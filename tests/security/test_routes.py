"""Every route stands in exactly one list: open to everybody, for whoever signed in, or for a permission."""

import re

import pytest

from tests.security.routes import Route, every_route
from tests.security.test_roles import DOORS, WAGTAILS

OPEN_OF_OTHERS = re.compile(
    r"accounts/(login|logout|inactive|signup|reauthenticate|confirm-email|\^confirm-email|\^password/reset|password/reset"
    r"|login/code/|2fa/authenticate|2fa/webauthn/login|code|invitation)"
    r"|documents/|_util/|\^\(\(\?:\[\\w\\-\]\+/\)\*\)\$$"
)
SIGNED_IN = re.compile(r"accounts/(email|password/change|password/set|2fa/|sessions/)")


def lists_of(route: Route) -> list[str]:
    """The lists that name this route; a mark on a view of ours goes before a list by address."""
    if marks := route.marks:
        return list(marks)
    if route.is_staff:
        known = [roles for start, roles in WAGTAILS if re.match(start, route.pattern)][:1]
        return ["staff"] if known or re.match(DOORS, route.pattern) else []
    named = {"open": OPEN_OF_OTHERS, "signed in": SIGNED_IN}
    found = [name for name, pattern in named.items() if pattern.match(route.pattern)]
    return found[:1]


def test_every_route_stands_in_one_list() -> None:
    routes = list(every_route())
    assert len(routes) > 500
    lost = [route.pattern for route in routes if len(lists_of(route)) != 1]
    assert lost == []


def test_no_staff_route_of_ours_is_open() -> None:
    open_ones = [route.pattern for route in every_route() if route.is_staff and "is_public" in route.marks]
    assert open_ones == ["staff/login/", "staff/password_reset/", "staff/logout/"]


@pytest.mark.parametrize("name", ["api/v2/", "admin/", "django-admin/", "__debug__/", "silk/", "images/serve/"])
def test_what_we_do_not_need_is_not_there(name: str) -> None:
    assert not any(route.pattern.startswith(name) for route in every_route())
