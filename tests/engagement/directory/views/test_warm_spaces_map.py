"""The map of warm spaces: the same places by the same filters, and never more than a map can show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import Person
from tests.factories.directory import make_venue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]


def test_the_map_has_the_same_places_by_the_same_filters(resident: Person) -> None:
    make_venue("Lantern Hall", food="yes", address="1 Sea Lane")
    make_venue("No Hall", food="no")
    make_venue("Nowhere Hall", food="yes", latitude=None, longitude=None)
    answer = resident.get("/warm-spaces.geojson?only=food")
    assert answer.json()["features"] == [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [-1.315, 54.763]},
            "properties": {
                "title": "Lantern Hall",
                "url": "/venues/lantern-hall/",
                "meta": "1 Sea Lane · food or a hot drink",
                "status": "Open until 1:30pm",
                "is_open": True,
            },
        }
    ]


def test_the_map_may_ask_for_a_part_in_few_queries(resident: Person) -> None:
    make_venue("Inside", latitude=54.76, longitude=-1.31)
    make_venue("Outside", latitude=54.9, longitude=-1.31)
    with CaptureQueriesContext(connection) as queries:
        answer = resident.get("/warm-spaces.geojson?bbox=-1.4,54.7,-1.2,54.8&zoom=12")
    assert [one["properties"]["title"] for one in answer.json()["features"]] == ["Inside"]
    assert len(queries) == 5


@pytest.mark.parametrize("box", ["1,2,3", "a,b,c,d", "nan,1,2,3", "1,2,3,inf", "1,2,3,4,5", "1e9,0,0,0"])
def test_a_part_of_the_map_that_makes_no_sense_is_refused(resident: Person, box: str) -> None:
    answer = resident.get(f"/warm-spaces.geojson?bbox={box}")
    assert answer.status_code == 400
    assert "west,south,east,north" in answer.json()["error"]


@pytest.mark.parametrize("zoom", ["x", "-1", "23", "1.5", "99999"])
def test_a_zoom_that_makes_no_sense_is_refused(resident: Person, zoom: str) -> None:
    assert resident.get(f"/warm-spaces.geojson?zoom={zoom}").status_code == 400


def test_places_that_would_cover_each_other_are_one_circle_with_a_number(resident: Person) -> None:
    make_venue("Lantern Hall", latitude=54.7631, longitude=-1.3149)
    make_venue("Kettle Corner", latitude=54.7648, longitude=-1.3143)
    far = resident.get("/warm-spaces.geojson?zoom=13").json()["features"]
    assert [one["properties"] for one in far] == [{"cluster": True, "count": 2}]
    assert far[0]["geometry"]["coordinates"] == [-1.3149, 54.7631]
    assert len(resident.get("/warm-spaces.geojson?zoom=17").json()["features"]) == 2


def test_so_many_points_that_they_are_counted_by_the_database(
    resident: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engagement.directory.lists.map.MOST", 5)
    for number in range(8):
        make_venue(f"Hall {number}", latitude=54.76 + number / 1e5)
    make_venue("Far Hall", latitude=51.5, longitude=-0.1)
    with CaptureQueriesContext(connection) as queries:
        features = resident.get("/warm-spaces.geojson?zoom=12").json()["features"]
    told = {str(one["properties"].get("count") or one["properties"]["title"]) for one in features}
    assert told == {"8", "Far Hall"}
    assert len(queries) <= 6


def test_of_a_crowd_nobody_works_out_the_hours(resident: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        make_venue(f"Hall {number}")
    monkeypatch.setattr("engagement.directory.models.Venue.open_line", None)
    (crowd,) = resident.get("/warm-spaces.geojson?zoom=12").json()["features"]
    assert crowd["properties"] == {"cluster": True, "count": 4}
