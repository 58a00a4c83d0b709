"""Everybody finds groups by kind and by words, and sees what one runs, where, and whom to ask."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.directory.models import Organisation
from tests.conftest import Person
from tests.factories.directory import make_activity, make_venue
from tests.factories.organisations import make_contact, make_group

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]


@pytest.fixture
def boxing() -> Organisation:
    group = make_group(offers="A ring and a minibus.", website="https://example.org/boxing")
    make_activity("Boxing", organisation=group, venue=make_venue("The Old Gym"))
    return group


def test_a_group_says_what_it_does_what_it_runs_and_where(boxing: Organisation, resident: Person) -> None:
    page = resident.get("/groups/pit-lane-boxing-club/").content.decode()
    for words in ("A club", "Boxing for all ages.", "For anybody over 8.", "A ring and a minibus.", "The Old Gym"):
        assert words in page
    assert "Every Wednesday, 11:30am to 1:30pm" in page
    assert 'href="https://example.org/boxing"' in page


def test_only_contacts_that_said_so_are_shown(boxing: Organisation, resident: Person) -> None:
    make_contact(boxing, name="Joan Miller", phone="0191 000 0001")
    make_contact(boxing, name="Ada Swan", role="coach", phone="0191 000 0002", is_public=True)
    page = resident.get("/groups/pit-lane-boxing-club/").content.decode()
    assert "Ada Swan" in page
    assert "tel:01910000002" in page
    assert "Joan" not in page
    assert "0001" not in page


def test_when_we_last_heard_from_a_group_is_for_staff_alone(boxing: Organisation, resident: Person) -> None:
    Organisation.objects.update(heard_on="2001-11-03")
    for path in ("/groups/", "/groups/pit-lane-boxing-club/"):
        page = resident.get(path).content.decode()
        assert "eard" not in page
        assert "2001" not in page


def test_a_group_that_is_not_listed_is_not_there(resident: Person) -> None:
    make_group(is_listed=False)
    assert resident.get("/groups/pit-lane-boxing-club/").status_code == 404
    assert "No group is listed yet" in resident.get("/groups/").content.decode()
    assert resident.get("/groups.geojson").json()["features"] == []


def test_groups_are_found_by_kind_and_by_words(boxing: Organisation, resident: Person) -> None:
    make_group("St Mary’s", kind=Organisation.Kind.CHURCH, description="Sunday lunch.")
    assert "Pit Lane" not in resident.get("/groups/?kind=church").content.decode()
    assert "St Mary’s" in resident.get("/groups/?kind=church&kind=club&q=lunch").content.decode()
    assert "No group fits all of that" in resident.get("/groups/?q=chess").content.decode()
    assert "Choose from this list." in resident.get("/groups/?kind=army").content.decode()


def test_the_map_shows_where_they_run_things(boxing: Organisation, resident: Person) -> None:
    (point,) = resident.get("/groups.geojson?zoom=12").json()["features"]
    assert point["properties"]["title"] == "The Old Gym"
    assert point["properties"]["meta"] == "Pit Lane Boxing Club"
    assert resident.get("/groups.geojson?zoom=99").status_code == 400
    assert resident.get("/groups.geojson?kind=church").json()["features"] == []


def test_the_map_asks_for_what_is_in_view_and_as_little_for_many_places(resident: Person) -> None:
    group = make_group()
    for number in range(30):
        at = {"latitude": 54.76 + number / 100, "longitude": -1.33}
        make_activity(f"Club {number}", organisation=group, venue=make_venue(f"Hall {number}", **at))
    make_venue("Nobody's hall", latitude=54.765, longitude=-1.33)
    with CaptureQueriesContext(connection) as asked:
        found = resident.get("/groups.geojson?bbox=-1.4,54.75,-1.3,54.805&zoom=17").json()["features"]
    assert [point["properties"]["title"] for point in found] == [f"Hall {number}" for number in range(5)]
    assert {point["properties"]["meta"] for point in found} == {"Pit Lane Boxing Club"}
    assert len(asked) <= 4
    assert len(resident.get("/groups.geojson").json()["features"]) == 30
    assert resident.get("/groups.geojson?bbox=1,2,3").status_code == 400


def test_the_list_asks_the_same_number_of_questions_for_any_number_of_groups(resident: Person) -> None:
    make_activity("Warm up", organisation=make_group("Warm up"), venue=make_venue("Warm up"))
    resident.get("/groups/")
    counts = []
    for number in range(4):
        with CaptureQueriesContext(connection) as asked:
            resident.get("/groups/")
        counts.append(len(asked))
        group = make_group(f"Group {number}")
        make_activity(f"Activity {number}", organisation=group, venue=make_venue(f"Hall {number}", organisation=group))
    assert len(set(counts)) == 1
