"""History is appended and stays."""

import pytest

from portal.audit.models import AuditEvent
from portal.audit.record import record
from portal.geo.models import NamedPlace
from tests.conftest import Person

pytestmark = pytest.mark.django_db


def test_an_event_tells_who_did_what_to_which(coordinator: Person) -> None:
    place = NamedPlace.objects.create(name="Park", slug="park", kind="green")
    record(action="geo.rename", by=coordinator.user, subject=place, was="The park")
    event = AuditEvent.objects.about(place).newest_first()[0]
    assert (event.action, event.done_by, event.detail) == ("geo.rename", str(coordinator.user.pk), {"was": "The park"})
    assert "geo.rename" in str(event)


def test_history_does_not_block_a_deletion_and_outlives_it() -> None:
    place = NamedPlace.objects.create(name="Park", slug="park", kind="green")
    pk = place.pk
    record(action="geo.add", by=None, subject=place)
    place.delete()
    assert AuditEvent.objects.get().subject_id == str(pk)
    assert AuditEvent.objects.get().done_by == ""


def test_history_is_not_edited_or_deleted() -> None:
    event = record(action="geo.add", by=None)
    event.action = "nothing happened"
    with pytest.raises(TypeError, match="never edited"):
        event.save()
    with pytest.raises(TypeError, match="never deleted"):
        event.delete()
