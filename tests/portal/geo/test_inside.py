"""What lies in a rectangle: postcodes and places with their point in it, areas that reach into it."""

import pytest

from portal.geo.models import Area, NamedPlace, Postcode

pytestmark = pytest.mark.django_db
WEST, SOUTH, EAST, NORTH = -1.33, 54.75, -1.30, 54.77


def test_postcodes_and_places_lie_in_it_or_on_its_edge() -> None:
    for code, longitude in (("SR8 4AA", -1.31), ("SR8 4AB", -1.33), ("SR8 4AD", -1.34)):
        Postcode.objects.create(code=code, latitude=54.76, longitude=longitude)
        NamedPlace.objects.create(name=code, slug=code[-3:], kind="street", latitude=54.76, longitude=longitude)
    NamedPlace.objects.create(name="No point yet", slug="none", kind="street")
    ground = (WEST, SOUTH, EAST, NORTH)
    assert [one.code for one in Postcode.objects.inside(*ground)] == ["SR8 4AA", "SR8 4AB"]
    assert [one.name for one in NamedPlace.objects.inside(*ground)] == ["SR8 4AA", "SR8 4AB"]


def test_an_area_reaches_into_it_from_any_side_or_lies_around_it() -> None:
    sides = {
        "inside": (-1.32, 54.755, -1.31, 54.765),
        "around": (-2, 54, 0, 55),
        "from the west": (-1.4, 54.755, -1.329, 54.76),
        "north of it": (-1.32, 54.78, -1.31, 54.79),
    }
    for number, (name, (west, south, east, north)) in enumerate(sides.items()):
        Area.objects.create(code=str(number), name=name, outline={}, west=west, south=south, east=east, north=north)
    found = Area.objects.touching(WEST, SOUTH, EAST, NORTH)
    assert {area.name for area in found} == {"inside", "around", "from the west"}
