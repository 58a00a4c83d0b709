"""Activities are kept by actions, each with its line in the history."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from engagement.directory.actions import add_activity, cancel_session, change_activity
from engagement.directory.models import Schedule
from portal.audit.models import AuditEvent
from tests.conftest import Person
from tests.factories.directory import TIMES, make_activity, make_venue, the_schedule

pytestmark = pytest.mark.django_db


def test_an_activity_is_added_with_an_address_of_its_own(coordinator: Person) -> None:
    venue = make_venue()
    first = add_activity(by=coordinator.user, schedules=[{"venue": venue}], name="Soup and a chat")
    second = add_activity(by=coordinator.user, schedules=[{"venue": venue}], name="Soup and a chat")
    assert [first.slug, second.slug] == ["soup-and-a-chat", "soup-and-a-chat-2"]
    assert AuditEvent.objects.about(first).get().action == "directory.add_activity"
    assert the_schedule(first).schedule_in_words == "Ring to ask when"


def test_a_change_is_written_down_once() -> None:
    activity = make_activity()
    change_activity(activity=activity, by=None, cost="£1")
    change_activity(activity=activity, by=None, cost="£1")
    events = AuditEvent.objects.about(activity).newest_first()
    assert [event.action for event in events] == ["directory.change_activity", "directory.add_activity"]
    assert events[0].detail == {"fields": ["cost"]}


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"recurrence": "FREQ=SECONDLY"}, "recurrence"),
        ({"starts_on": None}, "starts_on"),
        ({"starts_at": None}, "starts_on"),
        ({"starts_on": date(1999, 12, 31)}, "starts_on"),
        ({"ends_at": time(11, 30)}, "ends_at"),
        ({"season": "winter"}, "season"),
    ],
)
def test_a_where_and_when_that_cannot_be_kept_is_refused(words: dict[str, object], field: str) -> None:
    activity = make_activity()
    row = {"pk": the_schedule(activity).pk, **TIMES, **words}
    with pytest.raises(ValidationError) as refusal:
        change_activity(activity=activity, by=None, schedules=[row])
    assert field in refusal.value.message_dict
    assert AuditEvent.objects.about(activity).count() == 1


def test_an_activity_needs_a_name_and_a_place() -> None:
    with pytest.raises(ValidationError, match="name"):
        change_activity(activity=make_activity(), by=None, name="")
    with pytest.raises(ValidationError, match="where it takes place"):
        add_activity(by=None, name="Nowhere", schedules=[])


def test_one_activity_at_two_places_keeps_what_was_said_about_the_one_that_stays() -> None:
    activity = make_activity()
    first = the_schedule(activity)
    cancel_session(schedule=first, on=date(2026, 11, 25), reason="ill", by=None)
    elsewhere = make_venue("Kettle Corner")
    both = [{"venue": elsewhere, **TIMES}, {"pk": first.pk, "starts_at": time(11)}]
    change_activity(activity=activity, by=None, schedules=both)
    kept = list(Schedule.objects.in_order())
    assert [(one.venue.name, one.position, one.sequence) for one in kept] == [
        ("Kettle Corner", 0, 1),
        ("Lantern Hall", 1, 1),
    ]
    assert kept[1].changes.count() == 1
    change_activity(activity=activity, by=None, schedules=[{"pk": kept[0].pk}])
    assert [one.venue for one in Schedule.objects.all()] == [elsewhere]
    assert AuditEvent.objects.about(activity).newest_first()[0].detail == {"fields": ["schedules"]}
