"""Venues and activities in the Wagtail admin: listings, and forms that say what is wrong and write history."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

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
