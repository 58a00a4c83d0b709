"""The cache is away: pages come, words are taken in, and only the limits are off."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches

from engagement.comments.models import PlaceComment
from portal.settings.caches import named
from tests.conftest import Person
from tests.factories.comments import make_place
from tests.rehearsal.machines import a_free_port
from tests.rehearsal.visitors import FORM, hidden

pytestmark = [pytest.mark.django_db, pytest.mark.enable_socket, pytest.mark.usefixtures("as_a_person")]
PAGES = ["/", "/have-your-say/", "/warm-spaces/", "/whats-on/", "/news/", "/get-help/", "/search/?query=hall"]


@pytest.fixture(autouse=True)
def gone(settings: Any) -> Iterator[None]:
    """Nobody listens where Redis should be."""
    away = named(f"redis://127.0.0.1:{a_free_port()}/0")
    settings.CACHES = {"default": away, "paper": away}
    yield
    caches["default"].close()


def test_pages_come(resident: Person) -> None:
    assert {page: resident.get(page).status_code for page in PAGES} == dict.fromkeys(PAGES, 200)


def test_a_comment_is_taken_in(resident: Person) -> None:
    page = resident.get(FORM).content.decode()
    said = {**hidden(page), "website": "", "words": "The swing is broken.", "feeling": "needs_work"}
    preview = resident.post(FORM, {**said, "named_place": make_place().pk, "go": "preview"}).content.decode()
    assert resident.post(FORM, {**hidden(preview), "go": "send"}).status_code == 302
    assert PlaceComment.objects.get().words == "The swing is broken."


def test_the_newspaper_can_be_asked_for(resident: Person) -> None:
    page = resident.get("/news/subscribe/").content.decode()
    answer = resident.post(
        "/news/subscribe/", {**hidden(page), "website": "", "email": "ann@example.org", "agreed": "on"}
    )
    assert answer.status_code in {200, 302}


def test_staff_come_in_and_work(coordinator: Person) -> None:
    for page in ("/staff/", "/staff/comments/"):
        assert coordinator.get(page).status_code == 200
