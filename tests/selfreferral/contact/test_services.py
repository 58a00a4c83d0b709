"""Whoever helps somebody finds a service of the directory by words, in a directory of any size."""

import pytest

from engagement.directory.models import Activity, Venue
from portal.geo.coordinates import Point
from selfreferral.contact.services import Sort, all_if_few, choices, left_out, service_called, services
from tests.factories.directory import make_activity, make_venue
from tests.factories.organisations import make_group

pytestmark = [pytest.mark.django_db]


def names(words: str) -> list[str]:
    return [one.name for one in services(words)]


def test_places_groups_and_what_they_run_are_found_by_words() -> None:
    group = make_group("Horden Kitchen", description="Meals.")
    make_activity("Soup and a chat", organisation=group, venue=make_venue("Lantern Hall", postcode="SR8 4LX"))
    assert names("kitchen") == ["Soup and a chat, Lantern Hall", "Horden Kitchen"]
    assert names("lantern") == ["Soup and a chat, Lantern Hall", "Lantern Hall, SR8 4LX"]
    assert names("chess") == []
    assert [label for label, _ in choices(services("kitchen"))] == ["What is on", "Groups"]


def test_what_is_not_listed_is_not_offered() -> None:
    soup = make_activity()
    Activity.objects.update(is_listed=False)
    make_group(is_listed=False)
    assert names("soup boxing") == []
    assert service_called(f"activity:{soup.pk}") is None


def test_a_small_directory_is_one_list_and_a_large_one_is_looked_through() -> None:
    make_activity()
    assert [one.name for one in all_if_few()] == ["Soup and a chat, Lantern Hall", "Lantern Hall"]
    Venue.objects.bulk_create(Venue(name=f"Hall {number}", slug=f"hall-{number}") for number in range(25))
    assert all_if_few() == []
    assert len(names("hall")) == 21


def test_the_nearest_come_first_and_those_without_a_point_last() -> None:
    for name, latitude in (("A far hall", 55.5), ("B near hall", 54.77), ("C hall", None)):
        hall = make_venue(name, latitude=latitude, longitude=latitude and -1.31)
        make_activity(f"Tea at {name}", venue=hall)
    near = services("hall", near=Point(54.76, -1.31))
    assert [one.name[0] for one in near if one.sort is Sort.VENUE] == ["B", "A", "C"]
    assert [one.name[7] for one in near if one.sort is Sort.ACTIVITY] == ["B", "A", "C"]


def test_what_one_list_leaves_out_is_counted() -> None:
    Venue.objects.bulk_create(Venue(name=f"Warm {number}", slug=f"warm-{number}") for number in range(25))
    assert left_out("warm") == ["Places: 20 of 25"]
    assert left_out("warm 7") == []


def test_a_place_that_was_found_to_be_another_is_that_other_one() -> None:
    kept, other = make_venue("Lantern Hall"), make_venue("The Lantern Hall")
    Venue.objects.filter(pk=other.pk).update(merged_into=kept)
    found = service_called(f"venue:{other.pk}")
    assert found is not None
    assert (found.number, found.name) == (kept.pk, "Lantern Hall")
    Venue.objects.filter(pk=kept.pk).update(is_listed=False)
    assert service_called(f"venue:{other.pk}") is None


def test_a_place_that_became_another_twice_is_the_last_of_them() -> None:
    last, middle, first = make_venue("Last Hall"), make_venue("Middle Hall"), make_venue("First Hall")
    Venue.objects.filter(pk=middle.pk).update(merged_into=last)
    Venue.objects.filter(pk=first.pk).update(merged_into=middle)
    found = service_called(f"venue:{first.pk}")
    assert found is not None
    assert found.name == "Last Hall"


@pytest.mark.parametrize(
    "choice", ["", "venue", "venue:", "venue:x", "venue:²", "referral:1", "venue:9999999999999999999"]
)
def test_a_choice_that_is_none_is_none(choice: str) -> None:
    assert service_called(choice) is None
