"""Activities are kept by actions, each with its line in the history."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from engagement.directory.actions import add_activity, change_activity
from portal.audit.models import AuditEvent
from tests.conftest import Person
from tests.factories.directory import make_activity, make_venue

pytestmark = pytest.mark.django_db


def test_an_activity_is_added_with_an_address_of_its_own(coordinator: Person) -> None:
    venue = make_venue()
    first = add_activity(by=coordinator.user, venue=venue, name="Soup and a chat")
    second = add_activity(by=coordinator.user, venue=venue, name="Soup and a chat")
    assert [first.slug, second.slug] == ["soup-and-a-chat", "soup-and-a-chat-2"]
    assert AuditEvent.objects.about(first).get().action == "directory.add_activity"
    assert first.schedule_in_words == "Ring to ask when"


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
        ({"name": ""}, "name"),
    ],
)
def test_words_that_cannot_be_kept_are_refused(words: dict[str, object], field: str) -> None:
    activity = make_activity()
    with pytest.raises(ValidationError) as refusal:
        change_activity(activity=activity, by=None, **words)
    assert field in refusal.value.message_dict
    assert AuditEvent.objects.about(activity).count() == 1
