"""On the map a thumb can tell every point from every other, and no place is lost."""

import math

from hypothesis import given
from hypothesis import strategies as st

from engagement.directory.crowding import A_THUMB, Dot, crowds
from portal.geo.coordinates import Point


def dot(latitude: float, longitude: float, size: int = 1) -> Dot:
    return Dot(Point(latitude, longitude), 7, size)


points = st.lists(st.builds(dot, st.floats(54.6, 54.9), st.floats(-1.6, -1.2), st.integers(1, 9)), max_size=40)


@given(points, st.integers(8, 16))
def test_no_two_circles_are_closer_than_a_thumb_and_every_place_is_in_one(dots: list[Dot], zoom: int) -> None:
    made = crowds(dots, zoom)
    assert sum(crowd.size for crowd in made) == sum(one.size for one in dots)
    for number, one in enumerate(made):
        assert all(math.hypot(one.x - other.x, one.y - other.y) >= A_THUMB for other in made[:number])


def test_from_close_by_each_place_stands_alone() -> None:
    dots = [dot(54.763, -1.315), dot(54.763, -1.315)]
    assert [crowd.size for crowd in crowds(dots, 17)] == [1, 1]
    assert [crowd.size for crowd in crowds(dots, None)] == [1, 1]
    assert [crowd.size for crowd in crowds(dots, 16)] == [2]


def test_only_one_that_stands_alone_has_words() -> None:
    assert [crowd.alone for crowd in crowds([dot(54.7, -1.3), dot(54.9, -1.3, 2)], 16)] == [7, None]
