"""The map of a session as a picture: what lies on it, and what it does with odd names and broken outlines."""

from typing import Any
from xml.etree import ElementTree

import pytest

from engagement.comments.map.bounds import Bounds
from engagement.comments.sessions.paper.drawing import Outline, Spot, draw_map
from engagement.comments.sessions.paper.grid import Grid
from portal.geo.coordinates import Point

GRID = Grid(Bounds(-1.33, 54.757, -1.305, 54.769), 4, 3)
SQUARE = {"type": "Polygon", "coordinates": [[[-1.32, 54.76], [-1.31, 54.76], [-1.31, 54.766], [-1.32, 54.76]]]}


def words_on(svg: bytes) -> list[str]:
    """Every word on the picture, once for its white edge and once for itself."""
    return [element.text or "" for element in ElementTree.fromstring(svg).iter() if element.tag.endswith("text")]


def drawn(**said: Any) -> Any:
    return draw_map(**{"grid": GRID, "outlines": [], "places": [], "postcodes": [], **said})


def test_every_square_has_its_name_and_the_edges_have_letters_and_numbers() -> None:
    words = words_on(drawn().svg)
    assert {f"{letter}{row}" for letter in "ABCD" for row in (1, 2, 3)} <= set(words)
    # Above and below, left and right, each with its white edge.
    assert words.count("C") == 4
    assert words.count("2") == 4


def test_places_stand_on_it_and_in_the_index_with_their_squares() -> None:
    places = [Spot("Third Street", Point(54.763, -1.315)), Spot("Above & <beyond>", Point(54.768, -1.329))]
    picture = drawn(places=places)
    assert picture.index == [("Above & <beyond>", "A1"), ("Third Street", "C2")]
    assert "Above & <beyond>" in words_on(picture.svg)


def test_postcodes_are_short_where_the_first_half_is_always_the_same() -> None:
    one, other = Spot("SR8 4LX", Point(54.763, -1.315)), Spot("SR8 4AB", Point(54.766, -1.325))
    assert "4LX" in words_on(drawn(postcodes=[one, other]).svg)
    assert "SR8 4LX" in words_on(drawn(postcodes=[one, Spot("TS27 4AA", Point(54.766, -1.325))]).svg)


def test_the_home_area_is_a_thick_line_and_its_neighbours_are_dashed_with_their_name() -> None:
    picture = drawn(outlines=[Outline("Horden", SQUARE, True), Outline("Easington", SQUARE, False)])
    assert b"stroke-dasharray" in picture.svg
    assert "Easington" in words_on(picture.svg)
    assert "Horden" not in words_on(picture.svg)


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        {},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[["x", "y"]]]},
        {"type": "Nothing"},
    ],
)
def test_an_outline_that_cannot_be_drawn_is_left_out(geometry: Any) -> None:
    assert b"polyline" not in drawn(outlines=[Outline("Broken", geometry, True)]).svg


def test_an_outline_that_crosses_itself_is_drawn_all_the_same() -> None:
    ring = [[-1.32, 54.76], [-1.31, 54.766], [-1.31, 54.76], [-1.32, 54.766], [-1.32, 54.76]]
    bow = {"type": "Polygon", "coordinates": [ring]}
    assert b"polyline" in drawn(outlines=[Outline("Bow tie", bow, True)]).svg
