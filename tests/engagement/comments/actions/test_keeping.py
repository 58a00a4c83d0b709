"""Whatever happens to comments, the counts of the map are those of a count from scratch, and what was kept is told."""

from contextlib import nullcontext
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from engagement.comments.actions.keeping import keep, show_anew, together
from engagement.comments.actions.moderating import decide, place_pin
from engagement.comments.map.counting import FEELING_COLUMNS, LEVELS, Square, Standing, Tally, from_scratch
from engagement.comments.models import CellCount, Consultation, PlaceComment
from portal.geo.coordinates import Point, distance_metres
from tests.conftest import Person
from tests.factories.comments import make_comment, make_published, make_theme

pytestmark = pytest.mark.django_db


def counted() -> list[tuple[Square, Tally]]:
    """What the table says."""
    return sorted(
        (
            Square(row.tile, row.consultation_id, row.theme_id, row.cell),
            Tally(tuple(getattr(row, name) for name in FEELING_COLUMNS), row.sum_x, row.sum_y),
        )
        for row in CellCount.objects.all()
    )


def counted_anew() -> list[tuple[Square, Tally]]:
    """What the comments say."""
    rows = PlaceComment.objects.filter(status="published", cell__isnull=False).order_by("cell")
    standings = [Standing(row.consultation_id, row.theme_id or 0, row.feeling, row.cell or 0) for row in rows]
    return sorted(from_scratch(standings))


def version(slug: str = "have-your-say") -> int:
    return Consultation.objects.get(slug=slug).version


STATUSES = ("waiting", "held", "published", "declined", "withdrawn", "erased")
places = st.none() | st.builds(Point, st.floats(54.7, 54.8, allow_nan=False), st.floats(-1.35, -1.25, allow_nan=False))
steps = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(["status", "move", "feel", "theme", "consultation", "words", "sensitive", "new"]),
        st.sampled_from(STATUSES),
        places,
        st.sampled_from(["", "good", "needs_work", "idea", "memory", "hope"]),
        st.integers(0, 1),
    ),
    max_size=12,
)


class TestAnySequence(TestCase):
    """One class, because Hypothesis rolls the database back after each example only here."""

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps, st.booleans())
    def test_the_table_equals_a_count_from_scratch(self, taken: list[Any], is_together: bool) -> None:
        themes = [make_theme("safety"), make_theme("home", is_sensitive=True)]
        conversations = [Consultation.objects.standing(), Consultation.objects.create(name="Park", slug="park")]
        comments = [make_comment(f"Comment {number}", pin=Point(54.76, -1.31)) for number in range(4)]
        with together() if is_together else nullcontext():
            for number, what, status, point, feeling, which in taken:
                # As two requests would: each reads the comment anew.
                comment = PlaceComment.objects.get(pk=comments[number].pk)
                match what:
                    case "status":
                        comment.status = status
                        if status == "erased":
                            comment.stand_at(None)
                    case "move":
                        comment.stand_at(point)
                    case "feel":
                        comment.feeling = feeling
                    case "theme":
                        comment.theme = themes[which]
                    case "consultation":
                        comment.consultation = conversations[which]
                    case "words":
                        comment.words = f"{comment.words}."
                    case "sensitive":
                        themes[which].is_sensitive = not themes[which].is_sensitive
                        themes[which].save()
                        for other in PlaceComment.objects.filter(theme=themes[which]):
                            keep(other)
                        continue
                    case "new":
                        comment.pk, comment.reference, comment.source_key = (
                            None,
                            f"N{PlaceComment.objects.count()}",
                            None,
                        )
                        comment.status, comment._state.adding = status, True
                keep(comment)
        assert counted() == counted_anew()


def test_publish_move_hide_and_erase_are_counted_as_they_happen(coordinator: Person) -> None:
    by = coordinator.user
    comment = make_comment(pin=Point(54.76, -1.31))
    assert counted() == []
    for change, reason, rows in (("publish", "", 13), ("hold", "personal", 0), ("publish", "", 13)):
        decide(comment=comment, change=change, by=by, reason=reason)
        assert len(counted()) == rows
    place_pin(comment=comment, by=by, point=Point(54.7, -1.2))
    assert counted() == counted_anew()
    for change in ("withdraw", "erase"):
        decide(comment=comment, change=change, by=by, reason="asked")
    assert counted() == []


def test_a_stale_copy_of_a_comment_does_not_count_it_twice() -> None:
    comment = make_comment(pin=Point(54.76, -1.31))
    one, other = (PlaceComment.objects.get(pk=comment.pk) for _ in range(2))
    for copy in (one, other):
        copy.status = "published"
        keep(copy)
    assert counted() == counted_anew()
    assert len(counted()) == len(LEVELS)


def test_a_change_of_what_is_shown_is_told_and_nothing_else(coordinator: Person) -> None:
    comment = make_comment()
    assert version() == 0
    comment.words = "Other words"
    keep(comment)
    assert version() == 0
    decide(comment=comment, change="publish", by=coordinator.user)
    assert version() == 1
    published = PlaceComment.objects.get(pk=comment.pk)
    published.words = "The words that all may read"
    keep(published)
    assert version() == 2
    decide(comment=comment, change="hold", by=coordinator.user, reason="personal")
    assert version() == 3


def test_a_comment_that_changes_conversations_is_told_in_both(coordinator: Person) -> None:
    comment = make_published(by=coordinator.user)
    comment.consultation = Consultation.objects.create(name="Park", slug="park")
    keep(comment)
    assert (version(), version("park")) == (2, 1)


def test_many_are_told_and_counted_once(coordinator: Person) -> None:
    comments = [make_comment(f"Comment {number}", pin=Point(54.76, -1.31 + number / 1000)) for number in range(5)]
    with CaptureQueriesContext(connection) as asked, together():
        for comment in comments:
            decide(comment=comment, change="publish", by=coordinator.user)
    assert sum("comments_cellcount" in query["sql"] for query in asked) == 1
    assert version() == 1
    assert counted() == counted_anew()


def test_gathering_inside_gathering_writes_at_the_end(coordinator: Person) -> None:
    with together():
        with together():
            make_published(by=coordinator.user, pin=Point(54.76, -1.31))
        assert counted() == []
    assert counted() == counted_anew() != []


def test_what_fails_counts_nothing(coordinator: Person) -> None:
    comment = make_comment(pin=Point(54.76, -1.31))

    def publish_and_fail() -> None:
        with together():
            decide(comment=comment, change="publish", by=coordinator.user)
            raise RuntimeError

    with pytest.raises(RuntimeError), transaction.atomic():
        publish_and_fail()
    assert counted() == counted_anew() == []
    assert version() == 0
    decide(comment=comment, change="publish", by=coordinator.user)
    assert counted() == counted_anew() != []


def test_a_pin_is_rough_for_a_sensitive_theme_and_exact_again_for_another(coordinator: Person) -> None:
    put = Point(54.761234, -1.311234)
    comment = make_published(by=coordinator.user, pin=put, theme=make_theme("home", is_sensitive=True))
    shown = comment.point
    assert shown is not None
    assert shown != put
    assert distance_metres(shown, put) < 36
    assert comment.exact_point == put
    keep(comment)
    assert (comment.point, comment.exact_point) == (shown, put)
    comment.theme = make_theme("safety")
    keep(comment)
    assert (comment.point, comment.exact_latitude) == (put, None)
    assert counted() == counted_anew()


def test_what_is_beside_a_comment_can_be_told_too() -> None:
    park = Consultation.objects.create(name="Park", slug="park")
    show_anew(park.pk)
    assert (version(), version("park")) == (0, 1)
    show_anew()
    assert (version(), version("park")) == (1, 2)


def test_publishing_costs_three_statements_more(coordinator: Person) -> None:
    comment = make_comment(pin=Point(54.76, -1.31))
    comment.status = "published"
    with CaptureQueriesContext(connection) as asked:
        keep(comment)
    statements = [query["sql"].split()[0] for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert sorted(statements) == ["INSERT", "SELECT", "UPDATE", "UPDATE"]
