"""Places are where they are, and as far as they are."""

import math

import pytest

from portal.geo.coordinates import Point, distance_metres, from_national_grid, is_on_earth, walking
from portal.geo.postcodes import normalise

HALL = Point(54.7648, -1.3143)
CAFE = Point(54.76312, -1.31491)


def test_the_national_grid_becomes_degrees() -> None:
    # Ordnance Survey's worked example, Caister water tower, in its published WGS84 position.
    tower = from_national_grid(651409.903, 313177.270)
    assert distance_metres(tower, Point(52.657977, 1.716055)) < 10


def test_the_cafe_is_three_minutes_from_the_hall() -> None:
    metres = distance_metres(HALL, CAFE)
    assert 180 < metres < 200
    assert walking(metres) == "3 minutes’ walk, 0.1 miles"


@pytest.mark.parametrize(
    ("metres", "words"),
    [(0, "1 minute’s walk, 0.0 miles"), (1609.344, "21 minutes’ walk, 1.0 mile"), (16093.44, "10.0 miles")],
)
def test_distances_read_as_people_say_them(metres: float, words: str) -> None:
    assert walking(metres) == words


@pytest.mark.parametrize(("latitude", "longitude"), [(91, 0), (0, 181), (math.nan, 0), (0, math.inf)])
def test_what_is_no_place_is_refused(latitude: float, longitude: float) -> None:
    assert not is_on_earth(latitude, longitude)


@pytest.mark.parametrize("typed", ["SR8 4LX", "sr84lx", " sr8  4lx ", "SR8-4LX", "sr8.4lx"])
def test_a_postcode_is_known_however_it_is_typed(typed: str) -> None:
    assert normalise(typed) == "SR8 4LX"


@pytest.mark.parametrize("typed", ["", "SR8", "Horden", "SR8 4L", "12345", "\x00"])
def test_what_is_no_postcode_is_none(typed: str) -> None:
    assert normalise(typed) is None
