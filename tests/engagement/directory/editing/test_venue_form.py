"""The form of a venue says what is wrong, keeps the point of its postcode and writes history."""

from typing import Any

import pytest

from engagement.directory.models import Venue
from portal.audit.models import AuditEvent
from portal.geo.models import Postcode
from tests.conftest import Person
from tests.factories.directory import make_venue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]

VENUE = {
    "name": "Lantern Hall",
    "free_entry": "yes",
    **dict.fromkeys(["food", "step_free", "toilets", "wifi", "children_welcome", "dementia_friendly"], "not_known"),
    "is_listed": "on",
}


def saved(person: Person, path: str, data: dict[str, Any]) -> str:
    """The page after saving; the form again where something was wrong."""
    answer = person.post(path, data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_venue_is_added_with_the_point_of_its_postcode(coordinator: Person) -> None:
    Postcode.objects.create(code="SR8 4LX", latitude=54.763, longitude=-1.315)
    page = saved(coordinator, "/staff/venues/new/", {**VENUE, "postcode": "sr84lx"})
    assert "Lantern Hall" in page
    venue = Venue.objects.get()
    assert (venue.slug, venue.postcode, venue.latitude, venue.free_entry) == ("lantern-hall", "SR8 4LX", 54.763, "yes")
    event = AuditEvent.objects.about(venue).get()
    assert (event.action, event.done_by) == ("directory.add_venue", str(coordinator.user.pk))


@pytest.mark.parametrize("phone", ["abc", "12", "ring 01632 960000", "01632 960000 or 960001"])
def test_words_are_no_phone_number(coordinator: Person, phone: str) -> None:
    assert "Enter a phone number like 01632 960000" in saved(
        coordinator, "/staff/venues/new/", {**VENUE, "phone": phone}
    )
    assert not Venue.objects.exists()


@pytest.mark.parametrize("phone", ["", "999", "+44 (0)1632 960-000", "01632 960000 ext 12", "01632 960000 Ext. 12"])
def test_phone_numbers_as_people_write_them(coordinator: Person, phone: str) -> None:
    saved(coordinator, "/staff/venues/new/", {**VENUE, "phone": phone})
    assert Venue.objects.get().phone == phone


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


def test_what_else_is_kept_about_a_venue_is_one_press_away(coordinator: Person) -> None:
    venue = make_venue()
    page = coordinator.get(f"/staff/venues/edit/{venue.pk}/").content.decode()
    for path in (f"keepers/{venue.pk}/", f"venues/{venue.pk}/days/", f"changes/venue/{venue.pk}/"):
        assert f'href="/staff/directory/{path}"' in page
    assert "was merged into" not in page


def test_a_merged_place_says_where_it_is_now_and_is_left_out_of_the_list(coordinator: Person) -> None:
    hall = make_venue("Lantern Hall")
    annexe = make_venue("Kettle Annexe", merged_into=hall)
    page = coordinator.get(f"/staff/venues/edit/{annexe.pk}/").content.decode()
    assert f'was merged into <a href="/staff/venues/edit/{hall.pk}/">Lantern Hall</a>' in page
    for query, is_there in (("", False), ("?q=annexe", False), ("?merged=yes", True)):
        assert ("Kettle Annexe" in coordinator.get(f"/staff/venues/results/{query}").content.decode()) is is_there
