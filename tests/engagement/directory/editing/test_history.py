"""The history of an entry in the Wagtail admin tells what our events know: what, who and when, by names and never by address."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.directory.actions import add_or_update_venue, cancel_session
from engagement.directory.actions.organisations import add_or_change_organisation, heard_from
from engagement.directory.models import Keeper, Venue
from portal import clock
from portal.audit.record import record
from tests.conftest import Person
from tests.factories.directory import make_activity, make_venue, the_schedule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]


def history(person: Person, kind: str, pk: int) -> str:
    answer = person.get(f"/staff/{kind}/history/{pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def keeper_of(venue: Venue, name: str) -> Keeper:
    return Keeper.objects.create(venue=venue, email=f"{name or 'x'}@demo.example", name=name, added_at=clock.now())


def test_a_venue_tells_who_changed_what(coordinator: Person) -> None:
    venue = add_or_update_venue(name="Lantern Hall", by=None)
    add_or_update_venue(venue=venue, phone="01632 960000", by=coordinator.user)
    keeper = keeper_of(venue, "Ada")
    record(action="directory.change_hours_on", by=None, subject=venue, keeper=keeper.pk, first_on="2026-12-24")
    page = history(coordinator, "venues", venue.pk)
    for words in ("Added", "Nobody signed in", "Changed: phone", coordinator.user.display_name, "Ada (keeper)"):
        assert words in page
    assert "Said that some days are different: 24 December 2026" in page
    assert keeper.email not in page


def test_a_keeper_without_a_name_is_not_named_by_address(coordinator: Person) -> None:
    venue = make_venue()
    keeper = keeper_of(venue, "")
    record(action="directory.say_still_right", by=None, subject=venue, keeper=keeper.pk)
    page = history(coordinator, "venues", venue.pk)
    assert "A keeper" in page
    assert keeper.email not in page


def test_an_activity_and_a_group_tell_theirs(coordinator: Person) -> None:
    activity = make_activity()
    cancel_session(schedule=the_schedule(activity), on=date(2026, 12, 2), reason="ill", by=coordinator.user)
    assert "Called off one date: 2 December 2026" in history(coordinator, "activities", activity.pk)
    group = add_or_change_organisation(name="Bread and Roses", by=coordinator.user)
    heard_from(organisation=group, by=coordinator.user)
    page = history(coordinator, "organisations", group.pk)
    assert "Heard from" in page
    assert "Added" in page


def test_a_history_asks_as_often_for_twenty_as_for_one(coordinator: Person) -> None:
    venue = make_venue()
    counts = []
    for number in range(20):
        keeper = keeper_of(venue, f"Keeper {number}")
        record(action="directory.say_still_right", by=None, subject=venue, keeper=keeper.pk)
        record(action="directory.mark_checked", by=coordinator.user, subject=venue)
        if number in {0, 19}:
            history(coordinator, "venues", venue.pk)
            with CaptureQueriesContext(connection) as queries:
                history(coordinator, "venues", venue.pk)
            counts.append(len(queries))
    assert counts[0] == counts[1]
