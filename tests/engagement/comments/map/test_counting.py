"""Counts of the map add up, in every square of every level."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from engagement.comments.map.cells import cell_of, level_of, parent
from engagement.comments.map.counting import LEVELS, Changes, Square, Standing, Tally, from_scratch, tile_of
from portal.geo.coordinates import Point

points = st.builds(Point, st.floats(54.7, 54.9), st.floats(-1.4, -1.2)) | st.builds(
    Point, st.floats(-90, 90), st.floats(-180, 180)
)
standings = st.builds(
    Standing, st.integers(1, 2), st.integers(0, 2), st.sampled_from(["", "good", "idea"]), points.map(cell_of)
)
many = st.lists(standings, max_size=30)


def in_order(found: list[Standing]) -> list[Standing]:
    return sorted(found, key=lambda standing: standing.cell)


@given(many)
def test_every_comment_counts_once_at_every_level(found: list[Standing]) -> None:
    counts: Counter[int] = Counter()
    for square, tally in from_scratch(in_order(found)):
        assert square.tile == tile_of(square.cell)
        counts[level_of(square.cell)] += sum(tally.feelings)
    assert all(counts[level] == len(found) for level in LEVELS)


@given(many)
def test_no_square_is_counted_twice(found: list[Standing]) -> None:
    squares = [square for square, _ in from_scratch(in_order(found))]
    assert len(squares) == len(set(squares))


@given(many)
def test_changes_one_by_one_are_the_count_from_scratch(found: list[Standing]) -> None:
    changes = Changes()
    for standing in found:
        changes.add(standing)
    assert changes.squares() == sorted(from_scratch(in_order(found)))


@given(many, st.data())
def test_what_comes_and_goes_leaves_no_trace(found: list[Standing], data: st.DataObject) -> None:
    gone = data.draw(st.lists(st.sampled_from(found), unique=True, max_size=len(found))) if found else []
    changes = Changes()
    for standing in [*found, *gone]:
        changes.add(standing)
    for standing in [*gone, *found]:
        changes.add(standing, -1)
    assert changes.squares() == []


def test_nowhere_is_not_counted() -> None:
    changes = Changes()
    changes.add(None)
    assert changes.squares() == []


def test_rows_come_in_one_order_so_that_no_two_writers_wait_for_each_other() -> None:
    changes = Changes()
    for longitude in (-1.2, -1.4, -1.3):
        changes.add(Standing(1, 0, "good", cell_of(Point(54.8, longitude))))
    squares = [square for square, _ in changes.squares()]
    assert squares == sorted(squares)
    assert squares[0] == Square(tile_of(parent(squares[0].cell, 8)), 1, 0, squares[0].cell)


def test_the_sums_say_where_the_middle_is() -> None:
    here = cell_of(Point(54.8, -1.3))
    (first, *_) = from_scratch([Standing(1, 0, "", here)] * 3)
    assert first[1].feelings[-1] == 3
    assert isinstance(first[1], Tally)
    assert first[1].sum_x % 3 == first[1].sum_y % 3 == 0
