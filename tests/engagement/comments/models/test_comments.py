"""What reads of comments mean, and how a comment says where it is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from engagement.comments.actions.answering import respond
from engagement.comments.map.bounds import Bounds
from engagement.comments.models import Action, Consultation, PlaceComment, Theme
from portal.geo.coordinates import Point
from tests.conftest import Person
from tests.factories.comments import MONDAY, make_action, make_comment, make_place, make_published, make_theme

pytestmark = pytest.mark.django_db


def test_the_standing_conversation_is_always_there_and_alone() -> None:
    assert Consultation.objects.standing().slug == "have-your-say"
    with pytest.raises(IntegrityError):
        Consultation.objects.create(name="Another", slug="another", is_standing=True)


def test_an_answer_or_a_published_action_answers_a_comment(coordinator: Person) -> None:
    by = coordinator.user
    nobody, written, acted, drafted = (make_published(word, by=by) for word in ("one", "two", "three", "four"))
    respond(comment=written, words="Thank you", by=by)
    make_action(acted, by=by)
    make_action(drafted, by=by, is_published=False)
    assert set(PlaceComment.objects.answered()) == {written, acted}
    assert set(PlaceComment.objects.not_answered()) == {nobody, drafted}
    rows = {comment.words: comment.is_answered for comment in PlaceComment.objects.with_row()}
    assert rows == {"one": False, "two": True, "three": True, "four": False}


def test_a_comment_is_long_unanswered_after_28_days(coordinator: Person) -> None:
    old = make_published("old", by=coordinator.user)
    make_comment("waiting")
    park = Consultation.objects.create(name="Park", slug="park")
    make_published("unlisted", by=coordinator.user, consultation=park)
    assert not PlaceComment.objects.long_unanswered(MONDAY + timedelta(days=28)).exists()
    later = MONDAY + timedelta(days=28, seconds=1)
    assert PlaceComment.objects.long_unanswered(later).get() == old
    assert PlaceComment.objects.counts(later) == {"published": 1, "answered": 0, "waiting_long": 1}
    assert PlaceComment.objects.desk_counts(later) == {
        "help": 0,
        "held": 0,
        "shown": 0,
        "waiting": 1,
        "unanswered": 1,
    }
    respond(comment=old, words="Thank you", by=coordinator.user)
    assert PlaceComment.objects.counts(later) == {"published": 1, "answered": 1, "waiting_long": 0}


def test_counting_costs_one_query(django_assert_num_queries: Callable[[int], Any]) -> None:
    with django_assert_num_queries(1):
        PlaceComment.objects.counts(timezone.now())


def test_bounds_have_their_edge(coordinator: Person) -> None:
    make_comment(pin=Point(54.76, -1.31))
    assert PlaceComment.objects.within(Bounds(-1.31, 54.76, -1.30, 54.77)).count() == 1
    assert PlaceComment.objects.within(Bounds(-1.30, 54.76, -1.29, 54.77)).count() == 0


def test_themes_in_use_are_those_of_published_comments(coordinator: Person) -> None:
    make_published(by=coordinator.user, theme=make_theme("safety"))
    make_published(by=coordinator.user, theme=make_theme("safety"))
    make_comment(theme=make_theme("housing"))
    assert [theme.slug for theme in Theme.objects.in_use(Consultation.objects.standing())] == ["safety"]


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"postcode": "SR8 4LX"}, "Around SR8 4LX"),
        ({"where_words": "the lane", "postcode": "SR8 4LX"}, "the lane"),
        ({"pin": Point(54.76, -1.31)}, "A place on the map"),
    ],
)
def test_where_is_said_in_words(said: dict[str, Any], where: str) -> None:
    assert make_comment(**said).where == where


def test_a_named_place_says_where_and_the_authors_own_words_say_it_closer() -> None:
    place = make_place()
    assert make_comment(named_place=place).where == "Third Street"
    assert make_comment(named_place=place, where_words="by the gate").where == "Third Street: by the gate"


def test_things_say_what_they_are(coordinator: Person) -> None:
    comment = make_comment()
    action = make_action(by=coordinator.user)
    assert str(comment) == comment.reference
    assert str(comment.consultation) == "Have your say"
    assert str(make_theme("safety")) == "Safety"
    assert str(action) == "Clips for bins"


@pytest.mark.parametrize("status", Action.Status.values)
def test_every_status_of_an_action_has_a_shape(status: str) -> None:
    assert Action(status=status).shape
