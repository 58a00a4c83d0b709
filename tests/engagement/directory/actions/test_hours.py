"""Days on which a place is not as usual are said once, told at once, and taken back once."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from engagement.directory.actions import change_hours_on, restore_hours
from engagement.directory.models import HoursException, Opening
from portal.audit.models import AuditEvent
from tests.conftest import Person
from tests.factories.directory import make_venue

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2026, 11, 25)
NEXT_WEEK = WEDNESDAY + timedelta(days=7)


def test_the_same_said_twice_is_said_once(wednesday_noon: datetime, coordinator: Person) -> None:
    hall = make_venue()
    days: dict[str, Any] = {"first_on": NEXT_WEEK, "last_on": NEXT_WEEK, "reason": "boiler"}
    first = change_hours_on(venue=hall, by=coordinator.user, **days)
    assert change_hours_on(venue=hall, by=coordinator.user, **days) == first
    assert AuditEvent.objects.about(hall).newest_first()[0].action == "directory.change_hours_on"
    assert AuditEvent.objects.about(hall).count() == 2
    other = change_hours_on(venue=hall, by=coordinator.user, **{**days, "reason": "we paint the hall"})
    assert other != first


def test_a_closed_day_leaves_the_coming_weeks_and_comes_back_once(
    wednesday_noon: datetime, coordinator: Person
) -> None:
    hall = make_venue()
    assert Opening.objects.count() == 3
    said = change_hours_on(venue=hall, first_on=NEXT_WEEK, last_on=NEXT_WEEK, reason="", by=coordinator.user)
    assert Opening.objects.count() == 2
    assert restore_hours(exception=said, by=coordinator.user)
    assert not restore_hours(exception=said, by=coordinator.user)
    assert Opening.objects.count() == 3
    said.refresh_from_db()
    assert said.undone_by == coordinator.user


@pytest.mark.parametrize(
    ("first", "last", "opens", "closes", "field"),
    [
        (WEDNESDAY - timedelta(days=2), WEDNESDAY - timedelta(days=1), None, None, "last_on"),
        (NEXT_WEEK, WEDNESDAY, None, None, "last_on"),
        (WEDNESDAY, WEDNESDAY + timedelta(days=365), None, None, "last_on"),
        (NEXT_WEEK, NEXT_WEEK, time(10), None, "closes_at"),
        (NEXT_WEEK, NEXT_WEEK, time(10), time(10), "closes_at"),
    ],
    ids=["over", "backwards", "a year long", "no end", "no length"],
)
def test_days_that_make_no_sense_are_refused(
    wednesday_noon: datetime, first: date, last: date, opens: time | None, closes: time | None, field: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        change_hours_on(
            venue=make_venue(), first_on=first, last_on=last, opens_at=opens, closes_at=closes, reason="", by=None
        )
    assert field in refusal.value.message_dict
    assert not HoursException.objects.exists()
