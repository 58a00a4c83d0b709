"""Pages that no story opens: each on every screen, looked over like the others."""

import pytest

from tests.browser.conftest import Visitor

PAGES = [
    "/about/",
    "/how-we-work/",
    "/privacy/",
    "/cookies/",
    "/accessibility/",
    "/search/?query=warm",
    "/you-said-we-did/",
    "/get-help/",
    "/here/good-to-know/",
    "/here/return/",
    "/have-your-say/alerts/",
    "/news/subscribe/we-will-look/",
    "/have-your-say/about/have-your-say/",
    "/no-such-page/",
    "/accounts/login/",
    "/accounts/password/reset/",
]


def test_pages_that_no_story_opens(visitor: Visitor) -> None:
    for path in PAGES:
        visitor.opens(path)
        assert visitor.page.get_by_role("heading", level=1).count() == 1, path
        assert "Urgent help" in visitor.reads() or path.startswith("/here/"), path


def test_the_gallery_of_components(visitor: Visitor) -> None:
    visitor.opens("/accounts/login/?next=/staff/components/")
    visitor.page.get_by_label("Email").fill("admin@demo.example")
    visitor.page.get_by_label("Password", exact=True).fill(visitor.portal.password)
    visitor.presses("Sign in")
    assert "/staff/components/" in visitor.page.url


@pytest.mark.parametrize("visitor", [(320, True), (1280, True)], ids=["phone", "desktop"], indirect=True)
def test_every_room_in_the_dark(visitor: Visitor) -> None:
    visitor.page.emulate_media(color_scheme="dark")
    for path in ("/", "/warm-spaces/", "/whats-on/", "/have-your-say/", "/have-your-say/add/", "/get-help/", "/news/"):
        visitor.opens(path)
