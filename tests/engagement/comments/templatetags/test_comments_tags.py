"""What the home page shows of this room, and how ages and feelings are said."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import timezone

from engagement.comments.models import PlaceComment
from engagement.comments.templatetags.comments_tags import SHAPES, comment_counts, days_since, latest_actions
from tests.conftest import Person
from tests.factories.comments import MONDAY, make_action, make_comment, make_published


@pytest.mark.django_db
def test_the_newest_actions_come_with_what_was_said(coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    make_action(by=coordinator.user, title="First")
    second = make_action(comment, make_comment(), by=coordinator.user, title="Second")
    make_action(by=coordinator.user, title="Draft", is_published=False)
    assert [action.title for action in latest_actions(limit=1)] == ["Second"]
    assert [action.title for action in latest_actions()] == ["Second", "First"]
    assert latest_actions()[0].said == [comment]
    assert latest_actions()[0].get_absolute_url() == f"/you-said-we-did/{second.pk}/"


@pytest.mark.django_db
def test_both_tags_together_cost_four_queries(
    coordinator: Person, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for number in range(5):
        make_action(make_published(by=coordinator.user), by=coordinator.user, title=f"Action {number}")
    page = Template(
        "{% load comments_tags %}{% latest_actions limit=2 as rows %}{% comment_counts as counts %}"
        "{% for row in rows %}{{ row.title }} {{ row.get_status_display }} {{ row.said.0.title }}\n{% endfor %}"
        "{{ counts.published }} {{ counts.answered }} {{ counts.waiting_long }}"
    )
    with django_assert_max_num_queries(4):
        words = page.render(Context())
    assert "Action 4 Done The bins blow over" in words
    assert words.endswith("5 5 0")


@pytest.mark.django_db
def test_counts_take_a_moment(coordinator: Person) -> None:
    make_published(by=coordinator.user)
    assert comment_counts(MONDAY)["waiting_long"] == 0
    assert comment_counts(MONDAY + timedelta(days=30))["waiting_long"] == 1


@pytest.mark.parametrize(
    ("hours", "words"), [(0, "today"), (-5, "today"), (24, "1 day"), (12 * 24, "12 days"), (1500 * 24, "1,500 days")]
)
def test_ages_are_whole_days(hours: int, words: str) -> None:
    now = timezone.now().replace(hour=12)
    assert days_since(now - timedelta(hours=hours), now) == words


def test_every_feeling_has_a_shape_of_its_own() -> None:
    assert set(SHAPES) == set(PlaceComment.Feeling.values)
    assert len(set(SHAPES.values())) == len(SHAPES)
