"""A place is found by what people type: a postcode, its beginning, or a name, however it is spaced."""

from typing import Any

import pytest

from portal.geo.coordinates import Point
from portal.geo.models import Area, NamedPlace, Postcode
from portal.geo.places import Place, find_place

pytestmark = pytest.mark.django_db
HOME = Place("Horden", Point(54.76, -1.31))


@pytest.fixture(autouse=True)
def places() -> None:
    for code, latitude in (("SR8 4LX", 54.7), ("SR8 4LY", 54.8), ("SR8 1AA", 54.9), ("SR80 1AA", 51.0)):
        Postcode.objects.create(code=code, latitude=latitude, longitude=-1.3)
    NamedPlace.objects.create(name="Blackhall Rocks", slug="blackhall", kind="other", latitude=54.74, longitude=-1.28)
    NamedPlace.objects.create(name="Nowhere", slug="nowhere", kind="other")
    Area.objects.create(code="E1", name="Easington-Shotton", outline={}, west=-1.4, south=54.7, east=-1.2, north=54.9)


@pytest.mark.parametrize(
    ("typed", "name", "latitude"),
    [
        ("sr84lx", "SR8 4LX", 54.7),
        (" sr8  4 ", "SR8 4", 54.75),
        ("SR84", "SR8 4", 54.75),
        ("sr8", "SR8", 54.8),
        ("SR80", "SR80", 51.0),
        (" HORDEN ", "Horden", 54.76),
        ("blackhall  rocks", "Blackhall Rocks", 54.74),
        ("easington shotton", "Easington-Shotton", 54.8),
    ],
)
def test_what_people_type_is_found(typed: str, name: str, latitude: float) -> None:
    found = find_place(typed, home=HOME)
    assert found is not None
    assert (found.name, round(found.point.latitude, 6)) == (name, latitude)


@pytest.mark.parametrize("typed", ["", "  -  ", "Atlantis", "Nowhere", "ZZ9", "ZZ9 9ZZ", "SR8 4L", "%", "SR_", "\x00"])
def test_what_is_not_known_is_not_guessed(typed: str) -> None:
    assert find_place(typed, home=HOME) is None


def test_it_asks_as_often_however_many_there_are(django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        NamedPlace.objects.create(name=f"Street {number}", slug=f"s{number}", kind="street", latitude=54, longitude=-1)
    with django_assert_max_num_queries(4):
        find_place("SR84")
