"""A rectangle in an address is read, or refused in one sentence."""

import pytest

from engagement.comments.map.bounds import Bounds
from portal.geo.coordinates import Point


def test_four_numbers_are_west_south_east_and_north() -> None:
    assert Bounds.read("-1.34,54.75,-1.29,54.78") == Bounds(-1.34, 54.75, -1.29, 54.78)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1,2,3",
        "1,2,3,4,5",
        "a,b,c,d",
        "nan,54,1,55",
        "-1,54,inf,55",
        "-inf,54,1,55",
        "1e999,54,1,55",
        "-1.29,54.75,-1.34,54.78",
        "-1.34,54.78,-1.29,54.75",
        "1,54,1,55",
        "200,54,210,55",
        "1,2,3,4'--",
    ],
)
def test_anything_else_is_one_clear_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="bbox must be four numbers"):
        Bounds.read(text)


def test_a_map_pushed_over_the_edge_of_the_world_is_cut_to_it() -> None:
    assert Bounds.read("-500,-95,500,95") == Bounds(-180, -90, 180, 90)


def test_bounds_around_points_have_them_all() -> None:
    points = [Point(54.76, -1.31), Point(54.77, -1.33), Point(54.75, -1.32)]
    bounds = Bounds.around(points)
    assert bounds == Bounds(-1.33, 54.75, -1.31, 54.77)
    assert all(bounds.has(point) for point in points)
    assert not bounds.has(Point(54.78, -1.32))
    assert not bounds.has(Point(float("nan"), -1.32))


def test_an_address_says_a_rectangle_to_a_tenth_of_a_millimetre_and_no_longer_than_need_be() -> None:
    assert str(Bounds(-1.34, 54.75, -1.29, 55)) == "-1.34,54.75,-1.29,55"
    square = Bounds(-1.3183593751, 54.7595961234, -1.3129341235, 54.7627951235)
    assert all(abs(a - b) < 1e-9 for a, b in zip(Bounds.read(str(square)), square, strict=True))


def test_a_rectangle_is_a_closed_polygon() -> None:
    ring = Bounds(-1.34, 54.75, -1.29, 54.78).as_polygon["coordinates"][0]
    assert ring[0] == ring[-1]
    assert len(ring) == 5
