"""Venues and activities in the Wagtail admin: listings, and forms that say what is wrong and write history."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.directory.models import Venue
from portal.audit.models import AuditEvent
from portal.geo.models import Postcode
from tests.conftest import Person
from tests.factories.directory import make_activity, make_venue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]

VENUE = {
    "name": "Lantern Hall",
    "free_entry": "yes",
    **dict.fromkeys(["food", "step_free", "toilets", "wifi", "children_welcome"], "not_known"),
    "is_listed": "on",
}


def saved(person: Person, path: str, data: dict[str, Any]) -> str:
    """The page after saving; the form again where something was wrong."""
    answer = person.post(path, data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_venue_is_added_with_the_point_of_its_postcode(coordinator: Person) -> None:
    Postcode.objects.create(code="SR8 4LX", latitude=54.763, longitude=-1.315)
    page = saved(coordinator, "/staff/venues/new/", {**VENUE, "postcode": "sr84lx", "opening_hours": "We 10:00-12:00"})
    assert "Lantern Hall" in page
    venue = Venue.objects.get()
    assert (venue.slug, venue.postcode, venue.latitude, venue.free_entry) == ("lantern-hall", "SR8 4LX", 54.763, "yes")
    event = AuditEvent.objects.about(venue).get()
    assert (event.action, event.done_by) == ("directory.add_venue", str(coordinator.user.pk))


def test_a_venue_is_changed_and_keeps_its_address_and_its_own_point(coordinator: Person) -> None:
    venue = make_venue()
    Postcode.objects.create(code="SR8 4LX", latitude=54.9, longitude=-1.5)
    data = {**VENUE, "name": "Lantern House", "postcode": "SR8 4LX", "latitude": "54.763", "longitude": "-1.315"}
    saved(coordinator, f"/staff/venues/edit/{venue.pk}/", data)
    venue.refresh_from_db()
    assert (venue.name, venue.slug, venue.latitude) == ("Lantern House", "lantern-hall", 54.763)
    event = AuditEvent.objects.about(venue).newest_first()[0]
    assert event.action == "directory.change_venue"
    assert "name" in event.detail["fields"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"opening_hours": "nine to five"}, "We cannot read “nine to five”"),
        ({"opening_hours": "Mo 10:00+"}, "Say when it closes"),
        ({"postcode": "nowhere"}, "Enter a postcode like SR8 4LX"),
        ({"latitude": "54.7"}, "Give both latitude and longitude"),
        ({"latitude": "-1.3", "longitude": "54.7"}, "not in Britain"),
        ({"name": ""}, "This field is required"),
        ({"name": "Hall\x00"}, "Null characters are not allowed"),
    ],
)
def test_a_venue_that_cannot_be_kept_is_refused_with_what_to_do(
    coordinator: Person, data: dict[str, str], said: str
) -> None:
    assert said in saved(coordinator, "/staff/venues/new/", {**VENUE, **data})
    assert not Venue.objects.exists()


def test_the_form_reads_the_hours_back(coordinator: Person) -> None:
    venue = make_venue()
    page = coordinator.get(f"/staff/venues/edit/{venue.pk}/").content.decode()
    assert "Now it reads: Wednesday 11:30am to 1:30pm. Bank holidays: closed." in page
    assert 'data-hours="/staff/directory/hours-in-words/"' in page


def test_the_listing_is_searched_and_filtered(coordinator: Person) -> None:
    make_venue("Lantern Hall", food="yes")
    make_venue("Kettle Corner")
    for query, found, left_out in (
        ("?q=lantern", "Lantern Hall", "Kettle Corner"),
        ("?food=yes", "Lantern Hall", "Kettle Corner"),
        ("?q=%00kettle", "Kettle Corner", "Lantern Hall"),
    ):
        page = coordinator.get(f"/staff/venues/results/{query}").content.decode()
        assert found in page
        assert left_out not in page


@pytest.mark.parametrize("path", ["/staff/venues/", "/staff/activities/"])
def test_a_listing_asks_as_often_for_twenty_as_for_one(coordinator: Person, path: str) -> None:
    counts = []
    for number in range(20):
        make_activity(f"Soup {number}", venue=make_venue(f"Hall {number}"))
        if number in {0, 19}:
            coordinator.get(path)
            with CaptureQueriesContext(connection) as queries:
                coordinator.get(path)
            counts.append(len(queries))
            assert not any("modellogentry" in query["sql"].lower() for query in queries)
    assert counts[0] == counts[1]


def test_the_partner_may_look_and_not_change(partner: Person) -> None:
    venue = make_venue()
    activity = make_activity(venue=venue)
    for path in (
        f"/staff/venues/edit/{venue.pk}/",
        "/staff/venues/new/",
        f"/staff/activities/edit/{activity.pk}/",
    ):
        assert partner.get(path).status_code == 302
    assert "Lantern Hall" in partner.get(f"/staff/venues/inspect/{venue.pk}/").content.decode()


@pytest.mark.parametrize("role", ["editor", "navigator", "lead", "administrator"])
@pytest.mark.parametrize("path", ["/staff/venues/", "/staff/venues/new/", "/staff/activities/"])
def test_other_roles_are_kept_out_and_do_not_see_the_menu(request: pytest.FixtureRequest, role: str, path: str) -> None:
    person = request.getfixturevalue(role)
    answer = person.get(path)
    assert (answer.status_code, answer.url) == (302, "/staff/")
    assert "Entries to check" not in person.get("/staff/").content.decode()


def test_the_menu_has_what_a_role_can_use(coordinator: Person, partner: Person) -> None:
    home = coordinator.get("/staff/").content.decode()
    assert "Sessions this week" in home
    assert "Entries to check" in home
    assert "Entries to check" not in partner.get("/staff/").content.decode()
