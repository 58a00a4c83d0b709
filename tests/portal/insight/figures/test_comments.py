"""Comments are counted by feeling, theme and place, with what is answered, and paper beside the web."""

from datetime import UTC, date, datetime

import pytest

from engagement.comments.actions.answering import respond
from engagement.comments.actions.erasing import erase_in_time
from engagement.comments.models import PlaceComment, Theme
from engagement.comments.workflow import Status
from portal.geo.coordinates import Point
from portal.insight.figures.comments import (
    ELSEWHERE,
    NOT_SAID,
    comments_by_feeling,
    comments_by_place,
    comments_by_theme,
    comments_came_by,
)
from portal.insight.periods import quarter
from portal.insight.table import ERASED, Cell, Table
from portal.privacy.counting import counted, keep_counts
from tests.conftest import Person
from tests.factories.comments import MONDAY, make_action, make_comment, make_place, make_published, make_theme
from tests.factories.sessions import enter, make_session, typed_row

pytestmark = pytest.mark.django_db

WINTER = quarter(2026, 1)


def numbers(table: Table) -> dict[Cell, tuple[Cell, ...]]:
    """Comments, answered, not answered and actions of each row that has any."""
    return {row[0]: row[1:] for row in table.rows if row[1]}


def test_every_feeling_counts_with_what_was_answered_and_by_which_actions(coordinator: Person) -> None:
    by = coordinator.user
    first, second, third = (make_published(by=by, feeling="good") for _ in range(3))
    respond(comment=first, words="Thank you.", by=by, now=MONDAY)
    make_action(first, second, by=by)
    make_action(third, by=by, is_published=False, title="A draft")
    make_comment(feeling="idea")
    PlaceComment.objects.filter(pk=third.pk).update(feeling="")
    make_published(by=by, feeling="hope", now=datetime(2026, 4, 1, 9, tzinfo=UTC))
    assert numbers(comments_by_feeling(WINTER)) == {"Good": (2, 2, 0, 1), NOT_SAID: (1, 0, 1, 0)}
    assert comments_by_feeling(WINTER).n == 3
    assert [row[0] for row in comments_by_feeling(WINTER).rows][:2] == ["Good", "Needs work"]


def test_every_theme_has_its_row_one_that_is_not_offered_any_more_too(coordinator: Person) -> None:
    old = make_theme("old_one", is_active=False)
    make_published(by=coordinator.user, theme=old)
    make_published(by=coordinator.user)
    table = comments_by_theme(WINTER)
    assert numbers(table) == {"Old one": (1, 0, 1, 0), NOT_SAID: (1, 0, 1, 0)}
    assert {theme.name for theme in Theme.objects.all()} <= {row[0] for row in table.rows}


def test_a_comment_counts_for_the_place_it_names_or_the_nearest_to_its_pin(coordinator: Person) -> None:
    street, park = make_place(), make_place("example-park", latitude=54.77, longitude=-1.31)
    by = coordinator.user
    make_published(by=by, named_place=street)
    make_published(by=by, pin=Point(54.7701, -1.3101))
    make_published(by=by, pin=Point(54.759, -1.315))
    make_published(by=by)
    assert numbers(comments_by_place(WINTER)) == {
        street.name: (1, 0, 1, 0),
        park.name: (1, 0, 1, 0),
        ELSEWHERE: (2, 0, 2, 0),
    }


def test_paper_and_web_are_told_apart(coordinator: Person) -> None:
    event = make_session(by=coordinator.user, held_on=date(2026, 3, 2))
    enter(event, typed_row(1), typed_row(2, words="More seats."), by=coordinator.user)
    event.comments.update(status=Status.PUBLISHED)
    make_published(by=coordinator.user)
    assert {row[0]: row[1:] for row in comments_came_by(WINTER).rows if row[1]} == {
        "On the website": (1, 33),
        "On paper, at a session": (2, 67),
    }


def test_a_comment_is_erased_with_its_time_and_its_number_stays(coordinator: Person) -> None:
    gone, _ = (make_published(by=coordinator.user, feeling="good") for _ in range(2))
    keep_counts({counted(gone.sent_at, "comments", gone.status): 1, counted(gone.sent_at, "comments", "declined"): 4})
    erase_in_time(comment=gone, now=MONDAY)
    for make in (comments_by_feeling, comments_by_theme, comments_by_place):
        assert numbers(make(WINTER))[ERASED] == (1, None, None, 0)
        assert make(WINTER).n == 2
    assert comments_came_by(WINTER).n == 2
