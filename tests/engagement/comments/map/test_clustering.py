"""Squares over a part of the map, and many groups made few, without losing anybody."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.comments.map.bounds import Bounds
from engagement.comments.map.cells import (
    DEEPEST,
    cell_of,
    columns_and_rows,
    level_of,
    number,
    parent,
    place,
    squares_within,
)
from engagement.comments.map.clustering import (
    MOST_RANGES,
    MOST_SINGLE,
    MOST_SQUARES,
    MOST_TILES,
    Group,
    bounds_of,
    cover,
    few,
    joined,
    level_of_zoom,
    lies_within,
    ranges_over,
    runs,
    tiles_over,
    touches,
)
from portal.geo.coordinates import Point

latitudes, longitudes = st.floats(-85, 85), st.floats(-180, 180)
points = st.builds(Point, latitudes, longitudes)
rectangles = st.tuples(points, points).map(Bounds.around).filter(lambda one: one.west < one.east)
levels = st.integers(0, DEEPEST)
groups = st.lists(st.builds(lambda point, size: Group(cell_of(point, 20), size, *point), points, st.integers(1, 9)))
HORDEN = Bounds(-1.34, 54.75, -1.29, 54.78)


@given(points, levels)
def test_a_square_has_the_points_that_are_in_it(point: Point, level: int) -> None:
    cell = cell_of(point, level)
    assert level_of(cell) == level
    assert number(*place(cell), level) == cell
    north_west_south_east = bounds_of(cell)
    assert north_west_south_east.west <= point.longitude + 1e-9
    assert north_west_south_east.south <= point.latitude + 1e-9
    assert point.longitude <= north_west_south_east.east + 1e-9
    assert point.latitude <= north_west_south_east.north + 1e-9
    first, last = squares_within(cell)
    assert first <= cell_of(point) <= last
    assert parent(first, level) == parent(last, level) == cell


@given(st.floats(-90, 90), longitudes, levels)
def test_a_square_is_inside_the_grid(latitude: float, longitude: float, level: int) -> None:
    assert all(0 <= at < 1 << level for at in columns_and_rows(Point(latitude, longitude), level))


@given(rectangles, points)
def test_everything_of_a_rectangle_lies_in_the_runs_over_it(rectangle: Bounds, point: Point) -> None:
    found = ranges_over(rectangle)
    assert 1 <= len(found) <= MOST_RANGES
    if rectangle.has(point):
        assert any(first <= cell_of(point) <= last for first, last in found)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5)).map(lambda two: (two[0], sum(two)))))
def test_runs_hold_the_same_numbers_and_none_follows_on_another(ranges: list[tuple[int, int]]) -> None:
    found = runs(ranges)
    assert {n for first, last in found for n in range(first, last + 1)} == {
        n for first, last in ranges for n in range(first, last + 1)
    }
    assert all(before[1] + 1 < after[0] for before, after in pairwise(found))


@given(rectangles, st.integers(8, 20))
def test_tiles_over_a_rectangle_are_never_too_many(rectangle: Bounds, level: int) -> None:
    found = tiles_over(rectangle, level)
    if found is None:
        assert cover(rectangle, 6).size > MOST_TILES
        return
    assert found[0] <= level
    assert len(found[1]) <= MOST_TILES


def test_a_screen_is_looked_at_as_closely_as_its_zoom() -> None:
    assert tiles_over(HORDEN, level_of_zoom(14)) == (16, cover(HORDEN, 14).cells())
    assert tiles_over(HORDEN, level_of_zoom(18))[0] < 20  # type: ignore[index]
    assert [level_of_zoom(zoom) for zoom in (0, 6, 7, 18, 22)] == [8, 8, 9, 20, 20]


def test_a_square_lies_within_touches_or_neither() -> None:
    square = cell_of(Point(54.765, -1.315), 18)
    around = bounds_of(square)
    assert lies_within(square, HORDEN)
    assert not lies_within(square, around._replace(west=around.west + 0.0001))
    assert touches(square, around._replace(west=around.west + 0.0001))
    assert not touches(square, Bounds(around.east + 0.1, around.south, around.east + 0.2, around.north))


@given(groups, st.integers(0, 20))
def test_joining_loses_nobody_and_leaves_one_group_a_square(found: list[Group], level: int) -> None:
    after = joined(found, level)
    assert sum(group.size for group in after) == sum(group.size for group in found)
    assert len({group.cell for group in after}) == len(after)
    assert {group.cell for group in after} == {parent(group.cell, level) for group in found}


@pytest.mark.parametrize("size", [1, 2])
def test_many_groups_become_few(size: int) -> None:
    found = [
        Group(cell_of(Point(54.7 + north / 500, -1.4 + east / 300), 20), size, 54.7 + north / 500, -1.4 + east / 300)
        for north in range(40)
        for east in range(40)
    ]
    after = few(found)
    assert 50 < len(after) <= MOST_SQUARES
    assert sum(group.size == 1 for group in after) <= MOST_SINGLE
    assert sum(group.size for group in after) == 1600 * size


def test_few_groups_stay_as_they_are() -> None:
    found = [Group(cell_of(Point(54.7, -1.4 + east / 300), 20), 5, 54.7, -1.4 + east / 300) for east in range(100)]
    assert few(found) is found


def test_the_middle_of_a_join_is_where_most_are() -> None:
    (one,) = joined([Group(cell_of(Point(54.76, -1.31), 20), 3, 54.76, -1.31), Group(1 << 40, 1, 54.8, -1.31)], 0)
    assert (one.size, round(one.latitude, 5)) == (4, 54.77)
