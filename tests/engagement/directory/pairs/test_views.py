"""Staff see both entries side by side, decide field by field, and take it back with one press."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.directory.actions.merging import propose_pairs
from engagement.directory.models import Likeness, Venue
from portal.pages.week import the_week
from tests.conftest import Person
from tests.factories.directory import make_venue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]

PAIRS = "/staff/directory/pairs/"


@pytest.fixture
def pair() -> Likeness:
    make_venue("Lantern Hall", postcode="SR8 4LX", opening_hours="")
    make_venue("The Lantern Hall", postcode="SR8 4LX", phone="0191 000 0000", address="Sunderland Road")
    propose_pairs(by=None)
    return Likeness.objects.get()


def post(person: Person, path: str, **data: str) -> str:
    answer = person.post(path, data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_staff_look_again_and_see_the_pair(coordinator: Person) -> None:
    make_venue("Lantern Hall", postcode="SR8 4LX")
    make_venue("The Lantern Hall", postcode="SR8 4LX")
    assert "No pair waits" in coordinator.get(PAIRS).content.decode()
    page = post(coordinator, f"{PAIRS}find/")
    assert "1 new pair found." in page
    assert "1 pair may be one place" in page
    assert ("places perhaps listed twice", 1) in [(line.label, line.count) for line in the_week(coordinator.user)]


def test_both_stand_side_by_side_and_what_differs_is_marked(pair: Likeness, coordinator: Person) -> None:
    page = coordinator.get(f"{PAIRS}{pair.pk}/").content.decode()
    assert "The Lantern Hall</a> (stays)" in page  # it says more
    assert "Phone <strong>(differs)</strong>" in page
    assert "Postcode</th>" in page
    page = coordinator.get(f"{PAIRS}{pair.pk}/?keep=first").content.decode()
    assert "Lantern Hall</a> (stays)" in page


def test_what_the_one_that_stays_does_not_say_is_taken_from_the_other(pair: Likeness, coordinator: Person) -> None:
    page = post(coordinator, f"{PAIRS}{pair.pk}/", keep="first", decision="same")
    assert "Lantern Hall is one entry now." in page
    venue = Venue.objects.listed().get()
    assert (venue.name, venue.phone, venue.opening_hours) == ("Lantern Hall", "0191 000 0000", "We 11:30-13:30; PH off")
    assert "Taken back" in post(coordinator, f"{PAIRS}{pair.pk}/undo/")
    assert Venue.objects.listed().count() == 2


def test_each_field_is_taken_from_the_side_that_was_chosen(pair: Likeness, coordinator: Person) -> None:
    post(coordinator, f"{PAIRS}{pair.pk}/", keep="first", decision="same", name="second", phone="first")
    venue = Venue.objects.listed().get()
    assert (venue.name, venue.phone, venue.slug) == ("The Lantern Hall", "", "lantern-hall")


def test_two_places_stay_two(pair: Likeness, coordinator: Person) -> None:
    assert "Kept as two places" in post(coordinator, f"{PAIRS}{pair.pk}/", decision="different")
    assert "was decided" in coordinator.get(f"{PAIRS}{pair.pk}/").content.decode()
    assert "meanwhile" in post(coordinator, f"{PAIRS}{pair.pk}/", keep="first", decision="same")


def test_a_press_that_says_nothing_changes_nothing(pair: Likeness, coordinator: Person) -> None:
    for data in ({}, {"decision": "same"}, {"decision": "same", "keep": "third"}, {"decision": "both"}):
        assert "Nothing was changed" in post(coordinator, f"{PAIRS}{pair.pk}/", **data)
    assert "Nothing was changed" in post(coordinator, f"{PAIRS}{pair.pk}/undo/")
    assert Likeness.objects.undecided().count() == 1


def test_pairs_are_for_those_who_keep_the_directory(pair: Likeness, stranger: Person, partner: Person) -> None:
    for path in (PAIRS, f"{PAIRS}{pair.pk}/"):
        assert stranger.get(path).status_code == 302
        assert partner.get(path).status_code == 403
    for path in (f"{PAIRS}{pair.pk}/", f"{PAIRS}{pair.pk}/undo/", f"{PAIRS}find/"):
        assert partner.post(path, {"decision": "different"}).status_code == 403
    assert Likeness.objects.undecided().count() == 1


def test_the_list_costs_the_same_for_any_number_of_pairs(pair: Likeness, coordinator: Person) -> None:
    coordinator.get(PAIRS)
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as asked:
            coordinator.get(PAIRS)
        counts.append(len(asked))
        make_venue(f"Hut {number}", postcode=f"DH{number} 1AA")
        make_venue(f"The hut {number}", postcode=f"DH{number} 1AA")
        propose_pairs(by=None)
    assert len(set(counts)) == 1
