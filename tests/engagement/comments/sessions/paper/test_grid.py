"""The squares of a paper map: read as people write them, and each where the paper shows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.comments.map.bounds import Bounds
from engagement.comments.sessions.paper.grid import COLUMNS, Grid, around, fit, rows_for, scale_bar
from portal.geo.coordinates import Point, distance_metres

GRID = Grid(Bounds(-1.34, 54.75, -1.30, 54.77), 8, 6)


@pytest.mark.parametrize("typed", ["C4", "c4", " c 4 ", "C-4", "c04"])
def test_a_square_is_read_however_it_is_written(typed: str) -> None:
    assert GRID.read(typed) == "C4"


@pytest.mark.parametrize("typed", ["", "4C", "I1", "A7", "A0", "C", "44", "Third Street", "C4x", "Ⅽ4", "c４"])
def test_what_is_no_square_of_this_map_is_none(typed: str) -> None:
    assert GRID.read(typed) is None


@given(column=st.integers(0, 7), row=st.integers(1, 6))
def test_the_middle_of_a_square_lies_in_it(column: int, row: int) -> None:
    square = f"{GRID.letters[column]}{row}"
    assert GRID.square_of(GRID.middle(square)) == square


def test_letters_go_east_and_numbers_go_south() -> None:
    first, east, south = GRID.middle("A1"), GRID.middle("B1"), GRID.middle("A2")
    assert east.longitude > first.longitude
    assert south.latitude < first.latitude


def test_the_edge_of_the_map_is_in_its_last_square_and_beside_it_is_none() -> None:
    west, south, east, north = GRID.bounds
    assert GRID.square_of(Point(north, west)) == "A1"
    assert GRID.square_of(Point(south, east)) == "H6"
    assert GRID.square_of(Point(north + 0.001, west)) is None


@given(
    west=st.floats(-7, 1.5),
    south=st.floats(50, 58),
    across=st.floats(0, 0.3),
    up=st.floats(0, 0.3),
    columns=st.sampled_from(COLUMNS),
)
def test_any_area_fits_on_the_sheet_with_square_squares(
    west: float, south: float, across: float, up: float, columns: int
) -> None:
    area = Bounds(west, south, west + across, south + up)
    sheet = fit(area)
    assert sheet.west < area.west
    assert sheet.east > area.east
    assert sheet.south < area.south
    assert sheet.north > area.north
    grid = Grid(sheet, columns, rows_for(columns))
    here, beside, below = grid.middle("B2"), grid.middle("C2"), grid.middle("B3")
    # The ground widens towards the south, so the squares are square to a few in a hundred.
    assert distance_metres(here, beside) == pytest.approx(distance_metres(here, below), rel=0.05)


def test_a_sheet_around_a_point_is_as_wide_as_asked_and_never_a_speck() -> None:
    middle = Point(54.763, -1.315)
    assert Grid(around(middle, 800), 8, 6).metres_wide == pytest.approx(800, rel=0.001)
    assert Grid(around(middle, 1), 8, 6).metres_wide == pytest.approx(200, rel=0.001)


@pytest.mark.parametrize(("wide", "bar"), [(3200, 500), (800, 100), (400, 50), (200, 20), (12_000, 2000)])
def test_the_scale_bar_is_a_round_number(wide: float, bar: int) -> None:
    assert scale_bar(wide, share=0.18) == bar
