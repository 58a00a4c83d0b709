"""Each staff screen about comments has one title, which is also the last of the way back."""

import pytest

from tests.conftest import Person

pytestmark = pytest.mark.django_db
SCREENS = {
    "/staff/comments/": "Comments",
    "/staff/comments/added/": "Words added later",
    "/staff/comments/actions/": "What we did",
    "/staff/comments/actions/add/": "Something new",
    "/staff/face-to-face/": "Face to face",
    "/staff/face-to-face/plan/": "Plan a session",
    "/staff/face-to-face/promises/": "What we promised",
}


@pytest.mark.parametrize(("address", "title"), SCREENS.items())
def test_a_screen_has_one_title(address: str, title: str, coordinator: Person) -> None:
    answer = coordinator.get(address)
    assert answer.content.count(b"<h1") == 1
    assert answer.context["breadcrumbs_items"][-1]["label"] == answer.context["header_title"] == title
