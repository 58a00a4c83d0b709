"""Places, activities and groups are taken off the lists and never deleted; a place to which something moved stays too."""

from datetime import date, time
from typing import Any

import pytest
from django.db.models import ProtectedError

from engagement.directory.actions import move_session
from engagement.directory.actions.organisations import add_or_change_organisation
from engagement.directory.models import Venue
from tests.conftest import Person
from tests.factories.directory import make_activity, make_venue, the_schedule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]


@pytest.mark.parametrize("role", ["coordinator", "administrator", "partner", "stranger"])
def test_nobody_deletes_a_place_an_activity_or_a_group(request: pytest.FixtureRequest, role: str) -> None:
    person: Person = request.getfixturevalue(role)
    soup = make_activity()
    entries: dict[str, Any] = {"venues": the_schedule(soup).venue, "activities": soup}
    entries["organisations"] = add_or_change_organisation(by=None, name="Soup Friends")
    for name, entry in entries.items():
        assert person.post(f"/staff/{name}/delete/{entry.pk}/").status_code in {302, 404}
        assert type(entry)._default_manager.filter(pk=entry.pk).exists()


def test_there_is_no_way_to_deleting_on_the_screens(coordinator: Person) -> None:
    soup = make_activity()
    hall = the_schedule(soup).venue
    for path in ("venues/", f"venues/edit/{hall.pk}/", f"activities/edit/{soup.pk}/", f"venues/inspect/{hall.pk}/"):
        assert f"/delete/{hall.pk}/" not in coordinator.get(f"/staff/{path}").content.decode()


def test_a_place_to_which_a_session_moved_is_not_deleted_under_it() -> None:
    other, on = make_venue("Kettle Corner"), date(2026, 12, 2)
    schedule = the_schedule(make_activity())
    move_session(schedule=schedule, on=on, to_on=on, starts_at=time(9), ends_at=None, venue=other, reason="", by=None)
    with pytest.raises(ProtectedError):
        Venue.objects.get(pk=other.pk).delete()
