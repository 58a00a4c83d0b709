"""Residents find a warm space: open ones first, near ones nearest, and not known is never shown as no."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.geo.models import NamedPlace, Postcode
from tests.conftest import Person
from tests.factories.directory import make_venue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]

OPEN, SHUT = "We 11:30-13:30; PH off", "Tu 10:00-12:00; PH off"


def titles(page: str) -> list[str]:
    return re.findall(r'<p class="row-title"><a [^>]+>([^<]+)</a>', page)


def ask(resident: Person, query: str = "") -> str:
    answer = resident.get(f"/warm-spaces/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def postcode() -> Postcode:
    return Postcode.objects.create(code="SR8 4LX", latitude=54.763, longitude=-1.315)


def test_open_ones_stand_first_and_each_says_until_when(resident: Person) -> None:
    make_venue("Anchor Room", opening_hours=SHUT)
    make_venue("Lantern Hall", opening_hours=OPEN)
    make_venue("Mystery Hut", opening_hours="")
    page = ask(resident)
    assert titles(page) == ["Lantern Hall", "Anchor Room", "Mystery Hut"]
    for line in ("Open until 1:30pm", "Opens Tuesday 10am", "Hours not known: ring first", "3 warm spaces"):
        assert line in page


def test_open_now_leaves_out_the_shut_and_tells_of_those_that_did_not_say(resident: Person) -> None:
    make_venue("Anchor Room", opening_hours=SHUT)
    make_venue("Lantern Hall", opening_hours=OPEN)
    make_venue("Mystery Hut", opening_hours="")
    page = ask(resident, "?only=open-now")
    assert titles(page) == ["Lantern Hall"]
    assert "1 more place has not told us about this" in page
    assert titles(ask(resident, "?only=open-now&maybe=on")) == ["Lantern Hall", "Mystery Hut"]


def test_a_feature_leaves_out_no_and_keeps_not_known_within_reach(resident: Person) -> None:
    make_venue("Yes Hall", wifi="yes", free_entry="yes")
    make_venue("No Hall", wifi="no", free_entry="yes")
    make_venue("Perhaps Hall", free_entry="yes")
    make_venue("Perhaps Too", free_entry="yes")
    page = ask(resident, "?only=wifi&only=free")
    assert titles(page) == ["Yes Hall"]
    assert "2 more places have not told us about this" in page
    assert "only=wifi&amp;only=free&amp;maybe=on" in page
    assert '<a href="?only=free"><span class="hidden-words">Take away: </span>Wifi' in page


def test_near_a_postcode_the_nearest_is_first_with_its_walk(resident: Person, postcode: Postcode) -> None:
    make_venue("Far Hall", latitude=54.9, longitude=-1.5)
    make_venue("Near Hall", latitude=54.7648, longitude=-1.3143)
    make_venue("Nowhere Hall", latitude=None, longitude=None)
    page = ask(resident, "?near=sr84lx")
    assert titles(page) == ["Near Hall", "Far Hall", "Nowhere Hall"]
    assert "minutes’ walk, 0.1 miles" in page
    assert "The nearest to SR8 4LX comes first" in page


def test_near_a_place_by_its_name(resident: Person) -> None:
    NamedPlace.objects.create(name="Third Street", slug="third-street", kind="street", latitude=54.9, longitude=-1.5)
    NamedPlace.objects.create(
        name="Hidden Street", slug="hidden", kind="street", latitude=54.9, longitude=-1.5, is_listed=False
    )
    make_venue("Near Hall", latitude=54.9, longitude=-1.5)
    make_venue("A Far Hall", latitude=54.7, longitude=-1.3)
    assert titles(ask(resident, "?near=third+STREET")) == ["Near Hall", "A Far Hall"]
    assert "We do not know this place" in ask(resident, "?near=hidden+street")


@pytest.mark.parametrize("typed", ["zz1", "SR8 9ZZ", "x" * 61])
def test_a_place_we_do_not_know_is_said_kindly_and_the_list_still_shows(resident: Person, typed: str) -> None:
    make_venue("Lantern Hall")
    page = ask(resident, f"?near={typed}")
    assert titles(page) == ["Lantern Hall"]
    assert 'class="error-summary"' in page
    assert "<title>Error: " in page
    assert f'value="{typed}"' in page


@pytest.mark.parametrize(
    "query", ["?only=gold", "?page=999", "?page=x", "?near=%00", "?maybe=banana", "?only=open-now%00"]
)
def test_a_question_that_makes_no_sense_still_gets_the_list(resident: Person, query: str) -> None:
    make_venue("Lantern Hall")
    assert titles(ask(resident, query)) == ["Lantern Hall"]


def test_nothing_fits_and_the_page_says_what_to_do(resident: Person) -> None:
    make_venue("Anchor Room", wifi="no")
    page = ask(resident, "?only=wifi")
    assert "No warm space fits all of that" in page
    assert 'href="/warm-spaces/"' in page


def test_more_than_fifty_go_on_a_second_page(resident: Person) -> None:
    for number in range(51):
        make_venue(f"Hall {number:02}")
    first, second = ask(resident, "?only=open-now"), ask(resident, "?only=open-now&page=2")
    assert (len(titles(first)), titles(second)) == (50, ["Hall 50"])
    assert "51 warm spaces" in second
    assert "?only=open-now&amp;page=2" in first


def test_the_list_asks_the_database_as_often_for_thirty_as_for_one(resident: Person, postcode: Postcode) -> None:
    counts = []
    for number in range(30):
        make_venue(f"Hall {number}")
        if number in {0, 29}:
            with CaptureQueriesContext(connection) as queries:
                ask(resident, "?near=SR84LX&only=open-now")
            counts.append(sum("directory_" in query["sql"] or "geo_" in query["sql"] for query in queries))
    assert counts == [5, 5]


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


def test_the_map_may_ask_for_a_part_in_two_queries(resident: Person) -> None:
    make_venue("Inside", latitude=54.76, longitude=-1.31)
    make_venue("Outside", latitude=54.9, longitude=-1.31)
    with CaptureQueriesContext(connection) as queries:
        answer = resident.get("/warm-spaces.geojson?bbox=-1.4,54.7,-1.2,54.8&zoom=12")
    assert [one["properties"]["title"] for one in answer.json()["features"]] == ["Inside"]
    assert len(queries) == 4


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
    assert far[0]["geometry"]["coordinates"] == [-1.3143, 54.7648]
    assert len(resident.get("/warm-spaces.geojson?zoom=17").json()["features"]) == 2


@pytest.mark.parametrize("path", ["/warm-spaces/", "/warm-spaces.geojson"])
def test_nothing_is_changed_by_asking_so_nothing_may_be_sent(resident: Person, path: str) -> None:
    assert resident.post(path).status_code == 405


def test_a_venue_s_own_words_are_never_markup(resident: Person) -> None:
    make_venue("<script>alert(1)</script>", address="<b>here</b>")
    page = ask(resident)
    assert "<script>alert(1)" not in page
    assert "&lt;b&gt;here&lt;/b&gt;" in page
