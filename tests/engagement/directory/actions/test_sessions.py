"""A session is called off for one date, told at once, and can be put back."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from engagement.directory.actions import NoSuchSession, add_note, cancel_session, restore_session
from engagement.directory.hours.school_year import SchoolYear
from engagement.directory.models import Schedule, SessionChange
from engagement.directory.sessions import Session
from portal.audit.models import AuditEvent
from tests.conftest import Person
from tests.factories.directory import make_activity, the_schedule

WEDNESDAY = date(2026, 11, 25)

pytestmark = pytest.mark.django_db


@pytest.fixture
def soup() -> Schedule:
    return the_schedule(make_activity())


def session_on_wednesday() -> Session:
    schedule = Schedule.objects.with_changes(WEDNESDAY, WEDNESDAY).get()
    return schedule.sessions(WEDNESDAY, WEDNESDAY, SchoolYear())[0]


def test_a_cancelled_session_is_cancelled_with_its_reason(soup: Schedule, partner: Person) -> None:
    said = cancel_session(schedule=soup, on=WEDNESDAY, reason=" boiler\x00 broken ", by=partner.user)
    assert (said.reason, said.made_by) == ("boiler broken", partner.user)
    session = session_on_wednesday()
    assert (session.is_cancelled, session.reason) == (True, "boiler broken")
    event = AuditEvent.objects.about(soup.activity).newest_first()[0]
    assert (event.action, event.detail) == ("directory.cancel_session", {"on": "2026-11-25", "schedule": soup.pk})


def test_pressing_twice_is_pressing_once(soup: Schedule) -> None:
    first = cancel_session(schedule=soup, on=WEDNESDAY, reason="ill", by=None)
    assert cancel_session(schedule=soup, on=WEDNESDAY, reason="ill", by=None) == first
    assert AuditEvent.objects.about(soup.activity).count() == 2


def test_another_reason_takes_the_place_of_the_first_and_history_keeps_both(soup: Schedule) -> None:
    cancel_session(schedule=soup, on=WEDNESDAY, reason="ill", by=None)
    cancel_session(schedule=soup, on=WEDNESDAY, reason="boiler broken", by=None)
    assert session_on_wednesday().reason == "boiler broken"
    assert SessionChange.objects.count() == 2
    assert SessionChange.objects.live().count() == 1


def test_a_note_does_not_cancel_and_a_cancellation_takes_its_place(soup: Schedule) -> None:
    add_note(schedule=soup, on=WEDNESDAY, reason="in the small room", by=None)
    assert not session_on_wednesday().is_cancelled
    assert session_on_wednesday().reason == "in the small room"
    cancel_session(schedule=soup, on=WEDNESDAY, reason="", by=None)
    assert session_on_wednesday().is_cancelled


def test_putting_it_back_leaves_the_history(soup: Schedule, partner: Person) -> None:
    cancel_session(schedule=soup, on=WEDNESDAY, reason="ill", by=None)
    undone = restore_session(schedule=soup, on=WEDNESDAY, by=partner.user)
    assert undone is not None
    assert undone.undone_by == partner.user
    assert not session_on_wednesday().is_cancelled
    assert SessionChange.objects.count() == 1
    event = AuditEvent.objects.about(soup.activity).newest_first()[0]
    assert (event.action, event.detail) == ("directory.restore_session", {"on": "2026-11-25", "kind": "cancelled"})


def test_there_may_be_nothing_to_put_back(soup: Schedule) -> None:
    assert restore_session(schedule=soup, on=WEDNESDAY, by=None) is None
    assert AuditEvent.objects.about(soup.activity).count() == 1


@pytest.mark.parametrize("day", [date(2026, 11, 26), date(2025, 12, 31)])
def test_a_day_without_a_session_is_refused(soup: Schedule, day: date) -> None:
    with pytest.raises(NoSuchSession, match="does not take place on"):
        cancel_session(schedule=soup, on=day, reason="ill", by=None)
    assert not SessionChange.objects.exists()


def test_an_activity_without_a_schedule_has_no_session_to_cancel() -> None:
    schedule = the_schedule(make_activity(recurrence="", starts_on=None, starts_at=None, ends_at=None))
    with pytest.raises(NoSuchSession):
        cancel_session(schedule=schedule, on=WEDNESDAY, reason="ill", by=None)


def test_the_database_itself_allows_one_live_change_a_session(soup: Schedule) -> None:
    cancel_session(schedule=soup, on=WEDNESDAY, reason="ill", by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        SessionChange.objects.create(schedule=soup, session_on=WEDNESDAY, kind="note", made_at=timezone.now())
