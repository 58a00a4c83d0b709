"""List and map are one query: whatever is chosen, wherever one looks and however closely, the same comments are on both."""

import random
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.db import connection

from engagement.comments.actions.answering import respond
from engagement.comments.map import drawing
from engagement.comments.map.bounds import Bounds
from engagement.comments.map.cells import cell_of
from engagement.comments.map.clustering import MOST_SINGLE, MOST_SQUARES, bounds_of
from engagement.comments.map.data import list_of
from engagement.comments.map.drawing import draw
from engagement.comments.models import Consultation, PlaceComment
from engagement.comments.selection import Selection, read_selection
from portal.geo.coordinates import Point
from tests.conftest import Person
from tests.factories.comments import MONDAY, make_place, make_published, make_theme, make_volume

pytestmark = pytest.mark.django_db
HORDEN = Bounds(-1.34, 54.75, -1.29, 54.78)
EAST = Bounds(-1.3137, 54.7, -1.2, 54.9)
FILTERS = [
    {},
    {"theme": "safety"},
    {"feeling": "good"},
    {"theme": "homes", "feeling": "idea"},
    {"status": "answered"},
    {"status": "not_answered"},
    {"q": "swings"},
    {"q": "comment", "theme": "safety"},
    {"theme": "no-such-theme"},
    {"place": "third-street"},
    {"place": "third-street", "feeling": "good"},
    {"consultation": "park"},
    {"consultation": "park", "feeling": "good"},
]
PLACES: list[Bounds | None] = [None, HORDEN, EAST, Bounds(-180, -90, 180, 90), Bounds(-1.32, 54.76, -1.319, 54.761)]


def shown(selection: Selection, zoom: int, view: Bounds | None = None) -> Any:
    versions = Consultation.objects.versions(selection.consultation)
    return draw(selection, consultations=versions, zoom=zoom, view=view)


def on_the_map(selection: Selection, zoom: int) -> list[str]:
    """Every comment that the map leads to: single ones, and what each cluster opens."""
    found = shown(selection, zoom)
    references = [row["reference"] for row in found.pins]
    for group in found.groups:
        asked = {name: value[0] for name, value in parse_qs(list_of(bounds_of(group.cell), selection)[16:]).items()}
        members = list(PlaceComment.objects.chosen(read_selection(asked)).values_list("reference", flat=True))
        assert len(members) == group.size
        references += members
    return references


def in_the_list(selection: Selection) -> list[str]:
    return [comment.reference for comment in PlaceComment.objects.chosen(selection) if comment.point is not None]


@pytest.fixture
def village(coordinator: Person) -> None:
    """A thousand comments in a village, some in one spot, some far away, some without a place, some answered."""
    park = Consultation.objects.create(name="Park", slug="park")
    make_volume(900, spread=0.02)
    make_volume(60, spread=5, seed=2)
    make_volume(40, spread=0, seed=3)
    make_volume(20, spread=0.01, consultation=park, seed=4)
    make_published("No place yet", by=coordinator.user)
    street = make_place()
    for number in range(5):
        make_published(
            f"Street {number}", by=coordinator.user, named_place=street, feeling="good" if number else "idea"
        )
    for comment in PlaceComment.objects.published()[:30]:
        respond(comment=comment, words="Thank you", by=coordinator.user)


@pytest.mark.usefixtures("village")
@pytest.mark.parametrize("chosen", FILTERS, ids=str)
def test_list_and_map_are_the_same_set_for_every_filter(chosen: dict[str, str]) -> None:
    for place in PLACES:
        asked = {**chosen, "bbox": str(place)} if place else chosen
        selection = read_selection(asked)
        expected = sorted(in_the_list(selection))
        for zoom in (0, 7, 12, 15, 18, 22):
            assert sorted(on_the_map(selection, zoom)) == expected, (place, zoom)


@pytest.mark.usefixtures("village")
def test_a_view_is_drawn_by_whole_tiles_and_misses_nothing() -> None:
    generator = random.Random(5)
    for zoom in (9, 13, 16, 19):
        west, south = generator.uniform(-1.34, -1.31), generator.uniform(54.75, 54.77)
        view = Bounds(west, south, west + 0.01, south + 0.005)
        found = shown(Selection(), zoom, view)
        count = len(found.pins) + sum(group.size for group in found.groups)
        assert count >= PlaceComment.objects.chosen(Selection(bounds=view)).count()


def test_three_hundred_are_single_and_more_are_squares() -> None:
    make_volume(MOST_SINGLE, spread=0.02)
    found = shown(Selection(), 14)
    assert sum(group.size for group in found.groups) + len(found.pins) == MOST_SINGLE
    assert len(found.pins) > 250
    make_volume(1, spread=0.02, seed=9)
    found = shown(Selection(), 14)
    assert sum(group.size for group in found.groups) + len(found.pins) == MOST_SINGLE + 1
    assert len(found.pins) < 150


def test_however_many_there_are_an_answer_has_few_squares() -> None:
    make_volume(3000, spread=0.2)
    for zoom in range(23):
        found = shown(Selection(), zoom)
        assert len(found.groups) + len(found.pins) <= MOST_SQUARES
        assert sum(group.size for group in found.groups) + len(found.pins) == 3000


def test_comments_on_one_spot_are_a_stack_at_every_zoom() -> None:
    make_volume(5, spread=0)
    (stack,) = shown(Selection(), 22).groups
    assert stack.size == 5
    assert (round(stack.latitude, 4), round(stack.longitude, 4)) == (54.765, -1.315)


def test_a_crowded_edge_is_shown_whole_and_the_answer_says_how_far_it_reaches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_volume(900, spread=0.02)
    monkeypatch.setattr(drawing, "MOST_AT_THE_EDGE", 10)
    found = shown(Selection(bounds=EAST), 12)
    count = len(found.pins) + sum(group.size for group in found.groups)
    assert count > PlaceComment.objects.chosen(Selection(bounds=EAST)).count()
    assert found.reach is not None
    assert count == PlaceComment.objects.chosen(Selection(bounds=found.reach)).count()


def test_a_map_costs_few_queries_however_many_comments(django_assert_max_num_queries: Callable[[int], Any]) -> None:
    make_volume(2000, spread=0.02)
    make_theme("safety")
    for chosen in ({}, {"theme": "safety"}, {"feeling": "good"}):
        with django_assert_max_num_queries(3):
            shown(read_selection(chosen), 15, HORDEN)
    # How many hold a word is asked before they are looked for, on PostgreSQL wherever the question stands: docs/adr/0015.
    with django_assert_max_num_queries({"sqlite": 6, "postgresql": 8}[connection.vendor]):
        shown(read_selection({"q": "comment"}), 15, HORDEN)


def test_the_middle_of_a_square_is_where_its_comments_are() -> None:
    make_volume(400, spread=0)
    (group,) = shown(Selection(), 10).groups
    assert cell_of(Point(group.latitude, group.longitude), 20) == cell_of(Point(54.765, -1.315), 20)
    assert MONDAY
