"""The site's search finds venues and activities."""

import pytest

from engagement.directory.finding import find_activities, find_venues
from portal.pages.search import find
from tests.factories.directory import make_activity, make_venue

pytestmark = pytest.mark.django_db


def test_a_venue_and_an_activity_are_found_by_their_words() -> None:
    venue = make_venue("Lantern Hall", address="1 Sea Lane", postcode="SR8 4LX")
    make_activity("Soup and a chat", venue=venue)
    make_venue("Hidden Lantern", is_listed=False)
    (place,) = find_venues("lantern")
    assert (place.title, place.url, place.kind, place.summary) == (
        "Lantern Hall",
        "/venues/lantern-hall/",
        "Place",
        "1 Sea Lane SR8 4LX",
    )
    (activity,) = find_activities("soup")
    assert (activity.title, activity.kind) == ("Soup and a chat", "Activity")
    assert activity.summary == "Every Wednesday, 11:30am to 1:30pm, Lantern Hall"


def test_the_directory_takes_part_in_the_search_of_the_site() -> None:
    make_activity("Soup and a chat", venue=make_venue("Lantern Hall"))
    assert [result.title for result in find("lantern")] == ["Lantern Hall", "Soup and a chat"]
