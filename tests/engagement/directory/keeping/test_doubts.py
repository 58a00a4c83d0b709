"""A keeper's “everything is right” counts, and vouches for nothing that waits for our team to look at."""

import pytest

from engagement.directory.actions.corrections import send_correction, settle_correction
from engagement.directory.actions.proposals import leave, propose
from engagement.directory.models import Activity, Keeper, Venue
from tests.conftest import Person

pytestmark = pytest.mark.django_db
LOOKING = "Our team is looking at something here that may have changed."
CHECKED = "Checked by the venue on 25 November 2026."


def press(person: Person, page_of_kay: str) -> str:
    return person.post(f"{page_of_kay}right/", follow=True).content.decode()


def test_what_the_keeper_wants_otherwise_is_not_vouched_for(
    page_of_kay: str, hall: Venue, soup: Activity, keeper: Keeper, resident: Person, coordinator: Person
) -> None:
    (wish,) = propose(entry=hall, wishes={"hours_text": "Mondays 10 to 12"}, keeper=keeper)
    page = press(resident, page_of_kay)
    assert "Your page now says that you checked it today" in page
    assert "You asked us to change: Lantern Hall, opening hours, in plain words." in page
    assert f"{CHECKED} {LOOKING}" in resident.get(hall.get_absolute_url()).content.decode()
    of_soup = resident.get(soup.get_absolute_url()).content.decode()
    assert CHECKED in of_soup
    assert LOOKING not in of_soup
    leave(change=wish, reason="No", by=coordinator.user)
    assert LOOKING not in resident.get(hall.get_absolute_url()).content.decode()


def test_what_somebody_says_is_wrong_is_not_vouched_for(
    page_of_kay: str, hall: Venue, soup: Activity, resident: Person, coordinator: Person
) -> None:
    said = send_correction(entry=soup, words="It starts at <b>12</b>")
    page = press(resident, page_of_kay)
    assert "Somebody says of Soup and a chat: “It starts at &lt;b&gt;12&lt;/b&gt;”" in page
    assert f"{CHECKED} {LOOKING}" in resident.get(soup.get_absolute_url()).content.decode()
    assert LOOKING not in resident.get(hall.get_absolute_url()).content.decode()
    settle_correction(correction=said, outcome="", by=coordinator.user)
    assert LOOKING not in resident.get(soup.get_absolute_url()).content.decode()


def test_where_nothing_waits_nothing_is_added(page_of_kay: str, hall: Venue, resident: Person) -> None:
    page = press(resident, page_of_kay)
    assert "You asked us to change" not in page
    assert LOOKING not in page
    assert CHECKED in page
