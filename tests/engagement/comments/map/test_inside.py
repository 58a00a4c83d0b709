"""A pin lies inside or outside an area, and numbers the wrong way round are seen."""

from engagement.comments.map.bounds import Bounds
from engagement.comments.map.inside import is_inside, swapped
from portal.geo.coordinates import Point

VILLAGE = Bounds(-1.35, 54.74, -1.28, 54.79)
# The western half of the rectangle.
OUTLINE = {
    "type": "Polygon",
    "coordinates": [[[-1.35, 54.74], [-1.315, 54.74], [-1.315, 54.79], [-1.35, 54.79], [-1.35, 54.74]]],
}


def test_a_pin_is_inside_the_rectangle_and_the_outline() -> None:
    west, east = Point(54.76, -1.33), Point(54.76, -1.29)
    assert is_inside(west, bounds=VILLAGE)
    assert is_inside(east, bounds=VILLAGE)
    assert is_inside(west, bounds=VILLAGE, outline=OUTLINE)
    assert not is_inside(east, bounds=VILLAGE, outline=OUTLINE)
    assert not is_inside(Point(55.1, -1.31), bounds=VILLAGE)


def test_a_few_steps_over_the_edge_are_still_inside() -> None:
    assert is_inside(Point(54.7404, -1.3153), bounds=VILLAGE, outline=OUTLINE)
    assert is_inside(Point(54.7904, -1.33), bounds=VILLAGE, outline=OUTLINE)
    assert not is_inside(Point(54.795, -1.33), bounds=VILLAGE, outline=OUTLINE)


def test_without_an_area_anywhere_on_earth_will_do_but_nowhere_else() -> None:
    assert is_inside(Point(-33.9, 151.2), bounds=None)
    assert not is_inside(Point(float("nan"), 0), bounds=None)
    assert not is_inside(Point(254.7, -1.3), bounds=None)


def test_numbers_the_wrong_way_round_are_seen_with_and_without_an_area() -> None:
    meant = Point(54.76, -1.31)
    for bounds in (VILLAGE, None):
        assert swapped(Point(-1.31, 54.76), bounds=bounds) == meant
        assert swapped(meant, bounds=bounds) is None
        assert swapped(Point(10.0, 10.0), bounds=bounds) is None
