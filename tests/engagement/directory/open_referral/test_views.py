"""Other programs read the directory by Open Referral UK 3.0, open to all, valid by its schemas, refused in JSON."""

import json
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator, FormatChecker

from engagement.directory.actions import cancel_session, change_hours_on, restore_hours, restore_session
from engagement.directory.models import Activity, Venue
from portal.clock import at
from portal.geo.models import Postcode
from tests.conftest import Person
from tests.factories.directory import make_activity, make_venue, the_schedule
from tests.factories.organisations import make_contact, make_group

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]

ROOT = "/open-referral/v3/"
LISTS = ("services", "service_at_locations", "taxonomies", "taxonomy_terms")
SCHEMAS = json.loads((Path(__file__).parent / "data" / "reduced_schemas.json").read_text())


def read(person: Person, path: str, status: int = 200) -> Any:
    answer = person.get(f"{ROOT}{path}")
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return answer.json()


def assert_valid(name: str, record: dict[str, Any]) -> None:
    problems = Draft202012Validator(SCHEMAS[name], format_checker=FormatChecker()).iter_errors(record)
    assert [f"{list(problem.path)}: {problem.message}" for problem in problems] == []


@pytest.fixture
def soup() -> Activity:
    hall = make_venue(address="Sunderland Road, Peterlee, County Durham", postcode="SR8 4LX", step_free="yes")
    group = make_group("Horden Kitchen", website="https://example.org/")
    words: dict[str, Any] = {
        "theme": "food",
        "food": "yes",
        "children_welcome": "no",
        "youngest": 16,
        "oldest": 99,
        "cost": "£3.50",
    }
    return make_activity(organisation=group, venue=hall, phone="0191 000 0000", **words)


def test_the_api_says_what_it_is(resident: Person) -> None:
    assert read(resident, "")["version"] == "HSDS-UK-3.0"


def test_everything_is_valid_by_the_schemas(soup: Activity, resident: Person) -> None:
    make_venue("Nowhere yet", latitude=None, longitude=None, opening_hours="", website="https://example.org/here")
    for record in read(resident, "services")["contents"]:
        assert_valid("service_list", record)
        assert_valid("service", read(resident, f"services/{record['id']}"))
    for record in read(resident, "service_at_locations")["contents"]:
        assert_valid("service_at_location_list", record)
        assert_valid("service_at_location", read(resident, f"service_at_locations/{record['id']}"))
        assert_valid("service", read(resident, f"service_at_locations/{record['id']}"))
    for record in read(resident, "services?full=true")["contents"]:
        assert_valid("service", record)


def test_an_activity_says_all_that_is_known(soup: Activity, resident: Person) -> None:
    found = read(resident, f"services/{soup.public_id}")
    assert found["organization"]["name"] == "Horden Kitchen"
    assert (found["minimum_age"], found["maximum_age"]) == (16, 99)
    assert found["cost_options"][0]["amount"] == 3.5
    assert found["phones"][0]["number"] == "0191 000 0000"
    assert [one["taxonomy_term"]["name"] for one in found["attributes"]] == ["Food", "Food or a hot drink"]
    location = found["service_at_locations"][0]["location"]
    assert location["accessibility"][0]["description"] == "No steps to get in"
    assert (location["addresses"][0]["city"], location["addresses"][0]["state_province"]) == (
        "Peterlee",
        "County Durham",
    )


def test_a_place_is_a_service_with_its_hours_and_an_organisation_of_its_own(resident: Person) -> None:
    hall = make_venue(opening_hours="Mo-Fr 09:00-17:00; Sa 10:00-12:00")
    make_venue("A hall like any other", is_warm_space=False)
    (record,) = read(resident, "services")["contents"]
    assert record["id"] == str(hall.public_id)
    assert record["organization"]["id"] not in {record["id"], ""}
    found = read(resident, f"services/{hall.public_id}")
    assert [one["byday"] for one in found["schedules"]] == ["MO,TU,WE,TH,FR", "SA"]
    assert read(resident, f"services?organization_id={record['organization_id']}")["total_items"] == 1


def test_what_is_off_is_told_in_schedules_and_in_the_alert(soup: Activity, resident: Person) -> None:
    cancel_session(schedule=the_schedule(soup), on=date(2026, 12, 2), reason="boiler broken", by=None)
    found = read(resident, f"services/{soup.public_id}")
    assert found["alert"] == "Soup and a chat: not on 2 December 2026: boiler broken."
    assert [one.get("valid_to") for one in found["schedules"]] == ["2026-12-01", None]
    hall = Venue.objects.get()
    change_hours_on(venue=hall, first_on=date(2026, 11, 25), last_on=date(2026, 11, 26), reason="flood", by=None)
    found = read(resident, f"services/{hall.public_id}")
    assert found["status"] == "temporarily closed"
    assert found["alert"] == "Closed 25 November 2026 to 26 November 2026: flood."


def test_what_is_over_is_not_active(resident: Person) -> None:
    fair = make_activity("Fair", recurrence="", starts_on=date(2026, 11, 1))
    assert read(resident, f"services/{fair.public_id}")["status"] == "inactive"


def test_only_public_contacts_are_told(soup: Activity, resident: Person) -> None:
    group = make_group("Another")
    make_contact(group, activity=soup, name="Joan Miller")
    make_contact(group, activity=soup, name="Ada Swan", is_public=True)
    assert [one["name"] for one in read(resident, f"services/{soup.public_id}")["contacts"]] == ["Ada Swan"]


def test_what_is_not_listed_is_not_there(soup: Activity, resident: Person) -> None:
    hall = Venue.objects.get()
    number = read(resident, "service_at_locations")["contents"][0]["id"]
    Activity.objects.update(is_listed=False)
    Venue.objects.update(merged_into=make_venue("The other one", is_warm_space=False))
    for path in (f"services/{soup.public_id}", f"services/{hall.public_id}", f"service_at_locations/{number}"):
        assert "no record" in read(resident, path, status=404)["error"]
    assert read(resident, "services")["empty"] is True


def test_pages_say_where_they_are_and_show_nothing_twice(resident: Person) -> None:
    hall = make_venue()
    for number in range(3):
        make_activity(f"Activity {number}", venue=hall)
    seen = []
    for page in (1, 2):
        found = read(resident, f"services?per_page=2&page={page}")
        seen += [one["id"] for one in found["contents"]]
        assert (found["total_items"], found["total_pages"], found["page_number"]) == (4, 2, page)
        assert (found["first_page"], found["last_page"], found["size"], found["empty"]) == (
            page == 1,
            page == 2,
            2,
            False,
        )
    assert len(set(seen)) == 4
    assert read(resident, "services?page=9")["empty"] is True


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("search=chat", ["Soup and a chat"]),
        ("minimum_age=16&maximum_age=99", ["Soup and a chat"]),
        ("minimum_age=17", []),
        ("day=WE&start_time=11:00&end_time=14:00", ["Soup and a chat", "Lantern Hall"]),
        ("day=Thursday", []),
        ("modified_after=2020-01-01T00:00:00Z", ["Soup and a chat", "Lantern Hall"]),
        ("modified_after=2999-01-01T00:00:00%2B00:00", []),
        ("taxonomy_term_id=ac148810-d857-441c-9679-408f346de14b", []),
    ],
)
def test_lists_are_narrowed(
    soup: Activity, resident: Person, asked: str, names: list[str], wednesday_noon: datetime
) -> None:
    assert [one["name"] for one in read(resident, f"services?{asked}")["contents"]] == names


def test_lists_are_narrowed_by_terms_and_taxonomies(soup: Activity, resident: Person) -> None:
    terms = {one["name"]: one for one in read(resident, "taxonomy_terms")["contents"]}
    assert read(resident, f"taxonomy_terms/{terms['Food']['id']}") == terms["Food"]
    for name, count in (("Food", 1), ("A warm welcome", 1), ("No steps to get in", 1), ("For men", 0)):
        assert read(resident, f"services?taxonomy_term_id={terms[name]['id']}")["total_items"] == count
    (themes, *_) = read(resident, "taxonomies")["contents"]
    assert read(resident, f"taxonomies/{themes['id']}") == themes
    assert read(resident, f"services?taxonomy_id={themes['id']}")["total_items"] == 2


def test_places_near_a_postcode(soup: Activity, resident: Person) -> None:
    Postcode.objects.create(code="SR8 4LX", latitude=54.764, longitude=-1.315)
    make_venue("Far away", latitude=54.9, longitude=-1.6)
    assert read(resident, "service_at_locations?postcode=SR84LX&proximity=500")["total_items"] == 2
    assert read(resident, "service_at_locations?postcode=SR84LX&proximity=50")["total_items"] == 0
    assert "do not know" in read(resident, "service_at_locations?postcode=ZZ1 1ZZ&proximity=500", status=400)["error"]


@pytest.mark.parametrize(
    "asked",
    [
        *("minimal=true", "format=ndjson", "colour=green", "page=0", "page=two", "per_page=501", "per_page=-1"),
        *("day=someday", "start_time=half past", "minimum_age=old", "modified_after=lately", "taxonomy_id=1"),
        *("organization_id=x", "postcode=SR8 4LX&proximity=5", "proximity=5", "page=99999999999999999999"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_the_reason(resident: Person, asked: str) -> None:
    assert read(resident, f"services?{asked}", status=400)["error"]


def test_a_number_that_is_none_and_an_address_that_is_none(resident: Person) -> None:
    assert "not an id" in read(resident, "services/1", status=400)["error"]
    for path in ("services/ac148810-d857-441c-9679-408f346de14b", "organizations", "services/a/b"):
        assert read(resident, path, status=404)["error"]


@pytest.mark.parametrize("path", ["", *LISTS])
def test_it_is_to_read_only_without_cookies_and_kept_for_a_while(resident: Person, path: str) -> None:
    answer = resident.get(f"{ROOT}{path}")
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    again = resident.get(f"{ROOT}{path}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert resident.head(f"{ROOT}{path}").status_code == 200
    asked = resident.options(f"{ROOT}{path}")
    assert (asked.status_code, asked.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    for refused in (resident.post, resident.put, resident.delete, resident.patch):
        assert refused(f"{ROOT}{path}").status_code == 405


def test_a_stranger_s_program_is_refused_in_json(soup: Activity) -> None:
    answer = Client(enforce_csrf_checks=True).post(f"{ROOT}services", {"name": "x"})
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (405, "*")
    assert "to read only" in answer.json()["error"]


@pytest.mark.parametrize("path", ["services", "services?full=true", "service_at_locations?full=true"])
def test_a_page_costs_the_same_for_any_number_of_services(resident: Person, path: str) -> None:
    counts = []
    for number in range(3):
        group = make_group(f"Group {number}")
        hall = make_venue(f"Hall {number}", organisation=group)
        soup = make_activity(f"Soup {number}", organisation=group, venue=hall, starts_at=time(9, 0))
        make_contact(group, activity=soup, is_public=True)
        with CaptureQueriesContext(connection) as asked:
            read(resident, path)
        counts.append(len(asked))
    assert len(set(counts)) == 1


def test_what_was_said_about_a_date_and_its_taking_back_are_changes(
    soup: Activity, resident: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.clock.now", lambda: at(date(2030, 1, 1), time(12)))
    schedule, venue = the_schedule(soup), Venue.objects.get()
    Venue.objects.update(is_warm_space=True)
    cancel_session(schedule=schedule, on=date(2030, 1, 2), reason="", by=None)
    day = date(2030, 1, 2)
    exception = change_hours_on(venue=venue, first_on=day, last_on=day, reason="", by=None)
    monkeypatch.setattr("portal.clock.now", lambda: at(date(2030, 1, 5), time(12)))
    said = {one["name"]: one["last_modified"] for one in read(resident, "services")["contents"]}
    assert set(said.values()) == {"2030-01-01T12:00:00.000Z"}
    assert len(said) == 2
    assert read(resident, "services?modified_after=2030-01-03T00:00:00Z")["contents"] == []
    restore_session(schedule=schedule, on=day, by=None)
    restore_hours(exception=exception, by=None)
    found = read(resident, "services?modified_after=2030-01-03T00:00:00Z")["contents"]
    assert [one["last_modified"] for one in found] == ["2030-01-05T12:00:00.000Z"] * 2
