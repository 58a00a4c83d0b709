"""The site's search finds published comments and actions, and tells examples apart."""

import pytest

from engagement.comments.finding import find_actions, find_comments
from portal.pages.search import find
from tests.conftest import Person
from tests.factories.comments import make_action, make_comment, make_published

pytestmark = pytest.mark.django_db


def test_published_comments_are_found_by_their_words(coordinator: Person) -> None:
    comment = make_published("Plant apple trees", by=coordinator.user)
    make_published("Apple pie", by=coordinator.user, is_example=True)
    make_comment("Apple secrets")
    example, real = find_comments("apple")
    assert (real.title, real.url, real.kind) == ("Plant apple trees", comment.get_absolute_url(), "Comment")
    assert example.kind == "Example comment"
    assert real in find("apple")


def test_published_actions_are_found_by_their_words(coordinator: Person) -> None:
    action = make_action(by=coordinator.user)
    make_action(by=coordinator.user, title="Clips for later", is_published=False)
    (found,) = find_actions("clips lids")
    assert (found.title, found.url, found.kind) == ("Clips for bins", action.get_absolute_url(), "What we did")
