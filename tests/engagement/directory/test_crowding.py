"""On the map a thumb can tell every point from every other, and no place is lost."""

import math

from hypothesis import given
from hypothesis import strategies as st

from engagement.directory.crowding import A_THUMB, crowds
from engagement.directory.listing import CardRow
from portal.geo.coordinates import Point


def row(latitude: float, longitude: float) -> CardRow:
    return CardRow(title="Hall", url="/venues/hall/", point=Point(latitude, longitude))


points = st.lists(st.builds(row, st.floats(54.6, 54.9), st.floats(-1.6, -1.2)), max_size=40)


@given(points, st.integers(8, 16))
def test_no_two_circles_are_closer_than_a_thumb_and_every_place_is_in_one(rows: list[CardRow], zoom: int) -> None:
    made = crowds(rows, zoom)
    assert sum(len(crowd.rows) for crowd in made) == len(rows)
    for number, one in enumerate(made):
        assert all(math.hypot(one.x - other.x, one.y - other.y) >= A_THUMB for other in made[:number])


def test_from_close_by_each_place_stands_alone() -> None:
    rows = [row(54.763, -1.315), row(54.763, -1.315)]
    assert [len(crowd.rows) for crowd in crowds(rows, 17)] == [1, 1]
    assert [len(crowd.rows) for crowd in crowds(rows, None)] == [1, 1]
    assert [len(crowd.rows) for crowd in crowds(rows, 16)] == [2]


def test_a_place_without_a_point_is_not_on_the_map() -> None:
    assert crowds([CardRow(title="Hall", url="")], 12) == []
