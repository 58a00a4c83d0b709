"""Venues are kept by actions, each with its line in the history."""

import pytest
from django.core.exceptions import FieldDoesNotExist, ValidationError

from engagement.directory.actions import add_or_update_venue, mark_checked
from engagement.directory.models import Venue
from portal.audit.models import AuditEvent
from tests.conftest import Person
from tests.factories.directory import make_venue

pytestmark = pytest.mark.django_db


def history() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))


def test_a_venue_is_added_with_an_address_of_its_own(coordinator: Person) -> None:
    first = add_or_update_venue(by=coordinator.user, name="Lantern\x00 Hall ", postcode="sr84lx")
    second = add_or_update_venue(by=coordinator.user, name="Lantern Hall")
    third = add_or_update_venue(by=coordinator.user, name="Lantern Hall")
    assert (first.name, first.postcode) == ("Lantern Hall", "SR8 4LX")
    assert [first.slug, second.slug, third.slug] == ["lantern-hall", "lantern-hall-2", "lantern-hall-3"]
    event = AuditEvent.objects.about(first).get()
    assert (event.action, event.done_by) == ("directory.add_venue", str(coordinator.user.pk))


def test_a_name_without_letters_of_ours_still_gets_an_address() -> None:
    assert add_or_update_venue(by=None, name="☕").slug == "place"


def test_a_change_says_which_fields_changed_and_nothing_of_their_words(coordinator: Person) -> None:
    venue = make_venue()
    add_or_update_venue(venue=venue, by=coordinator.user, phone="01632 960000", wifi="yes")
    event = AuditEvent.objects.newest_first().first()
    assert event is not None
    assert (event.action, event.detail) == ("directory.change_venue", {"fields": ["phone", "wifi"]})


def test_no_change_is_no_event() -> None:
    venue = make_venue()
    add_or_update_venue(venue=venue, by=None, name="Lantern Hall")
    assert history() == ["directory.add_venue"]


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"opening_hours": "nine to five"}, "opening_hours"),
        ({"postcode": "nowhere"}, "postcode"),
        ({"latitude": 54.7, "longitude": None}, "longitude"),
        ({"latitude": -1.3, "longitude": 54.7}, "latitude"),
        ({"name": ""}, "name"),
        ({"wifi": "perhaps"}, "wifi"),
        ({"website": "javascript:alert(1)"}, "website"),
    ],
)
def test_words_that_cannot_be_kept_are_refused_and_nothing_is_written(words: dict[str, object], field: str) -> None:
    venue = make_venue()
    with pytest.raises(ValidationError) as refusal:
        add_or_update_venue(venue=venue, by=None, **words)
    assert field in refusal.value.message_dict
    assert history() == ["directory.add_venue"]
    assert Venue.objects.get().opening_hours == "We 11:30-13:30; PH off"


def test_a_field_that_is_not_there_is_our_mistake() -> None:
    with pytest.raises(FieldDoesNotExist):
        add_or_update_venue(by=None, name="Lantern Hall", colour="blue")


def test_checking_an_entry_says_who_and_when(coordinator: Person) -> None:
    venue = make_venue()
    mark_checked(entry=venue, by=coordinator.user)
    venue.refresh_from_db()
    assert venue.checked_by == coordinator.user
    assert venue.checked_at is not None
    assert history() == ["directory.add_venue", "directory.mark_checked"]
