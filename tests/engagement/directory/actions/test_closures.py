"""A place that closes takes its sessions along, and brings back exactly those as it opens again."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail

from engagement.directory.actions import (
    add_note,
    cancel_session,
    change_hours_on,
    move_session,
    restore_hours,
    restore_session,
)
from engagement.directory.listening.telling import pick_up
from engagement.directory.models import HoursException, Schedule, SessionChange, Telling, Venue
from portal.audit.models import AuditEvent
from tests.factories.directory import make_activity, make_venue, the_schedule
from tests.factories.following import forget_work
from tests.factories.listening import let_minutes_pass, make_listener

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
NEXT, AFTER = date(2026, 12, 2), date(2026, 12, 9)


@pytest.fixture
def clock(wednesday_noon: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that never shows the same moment twice."""
    ticks = iter(wednesday_noon + timedelta(seconds=second) for second in range(1000))
    monkeypatch.setattr("portal.clock.now", lambda: next(ticks))


@pytest.fixture
def hall(clock: None) -> Venue:
    return make_venue()


@pytest.fixture
def soup(hall: Venue) -> Schedule:
    return the_schedule(make_activity(venue=hall))


def close(venue: Venue, first: date, last: date | None = None, **more: Any) -> HoursException:
    return change_hours_on(
        venue=venue, first_on=first, last_on=last or first, by=None, **{"reason": "boiler broken", **more}
    )


def off(schedule: Schedule) -> list[date]:
    live = SessionChange.objects.live().filter(schedule=schedule, kind=SessionChange.Kind.CANCELLED)
    return [change.session_on for change in live]


def test_all_that_is_still_to_take_place_there_is_off_and_on_again(hall: Venue, soup: Schedule) -> None:
    elsewhere = the_schedule(make_activity("Quilts"))
    morning = the_schedule(make_activity("Porridge", venue=hall, starts_at=time(8), ends_at=time(9)))
    closed = close(hall, TODAY, NEXT)
    assert (off(soup), off(morning), off(elsewhere)) == ([TODAY, NEXT], [NEXT], [])
    change = SessionChange.objects.live().of(soup, NEXT).get()
    assert (change.reason, change.together) == ("boiler broken", closed.together)
    assert close(hall, TODAY, NEXT) == closed
    event = AuditEvent.objects.about(soup.activity).newest_first()[0]
    assert event.action == "directory.cancel_sessions"
    assert event.detail == {"first_on": "2026-11-25", "last_on": "2026-12-02", "sessions": 2}
    assert restore_hours(exception=closed, by=None)
    assert not SessionChange.objects.live().exists()


def test_other_hours_call_nothing_off(hall: Venue, soup: Schedule) -> None:
    said = close(hall, NEXT, opens_at=time(10), closes_at=time(12))
    assert (off(soup), said.together) == ([], None)
    assert restore_hours(exception=said, by=None)


def test_without_a_reason_the_place_is_closed(hall: Venue, soup: Schedule) -> None:
    close(hall, NEXT, reason="")
    assert SessionChange.objects.get().reason == "the place is closed"


def test_what_was_off_before_or_was_spoken_of_since_stays(hall: Venue, soup: Schedule) -> None:
    cancel_session(schedule=soup, on=TODAY, reason="ill", by=None)
    closed = close(hall, TODAY, AFTER)
    cancel_session(schedule=soup, on=NEXT, reason="the cook is away", by=None)
    restore_hours(exception=closed, by=None)
    assert off(soup) == [TODAY, NEXT]


def test_one_that_is_kept_on_stays_on(hall: Venue, soup: Schedule) -> None:
    closed = close(hall, NEXT)
    restore_session(schedule=soup, on=NEXT, by=None)
    assert close(hall, NEXT) == closed
    assert off(soup) == []


def test_a_session_moved_there_is_off_and_then_there_again(hall: Venue, soup: Schedule) -> None:
    quilts = the_schedule(make_activity("Quilts", venue=make_venue("Kettle")))
    there: dict[str, Any] = {"to_on": NEXT + timedelta(days=1), "starts_at": time(15), "ends_at": None}
    move_session(schedule=quilts, on=NEXT, venue=hall, reason="roof", by=None, **there)
    move_session(schedule=soup, on=NEXT, venue=quilts.venue, reason="", by=None, **there)
    add_note(schedule=soup, on=AFTER, reason="in the small room", by=None)
    closed = close(hall, NEXT, AFTER)
    assert (off(quilts), off(soup)) == ([NEXT], [AFTER])
    restore_hours(exception=closed, by=None)
    again = SessionChange.objects.live().of(quilts, NEXT).get()
    assert (again.moved_on, again.moved_venue, again.reason) == (NEXT + timedelta(days=1), hall, "roof")
    assert SessionChange.objects.live().of(soup, AFTER).get().reason == "in the small room"


def test_what_another_closing_still_covers_stays_off_and_goes_with_that_one(hall: Venue, soup: Schedule) -> None:
    first, second = close(hall, TODAY, NEXT), close(hall, NEXT, AFTER, reason="Christmas")
    restore_hours(exception=first, by=None)
    assert off(soup) == [NEXT, AFTER]
    restore_hours(exception=second, by=None)
    assert off(soup) == []


def test_what_is_over_stays_as_it_was(hall: Venue, soup: Schedule, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = close(hall, TODAY, NEXT)
    later = closed.made_at + timedelta(days=2)
    monkeypatch.setattr("portal.clock.now", lambda: later)
    restore_hours(exception=closed, by=None)
    assert off(soup) == [TODAY]


def test_each_who_asked_is_told_once(hall: Venue, soup: Schedule, run_worker: Callable[[], None]) -> None:
    quilts = the_schedule(make_activity("Quilts", venue=hall))
    for schedule, address in ((soup, "ann@example.org"), (quilts, "bob@example.org")):
        make_listener(schedule.activity, address)
    close(hall, NEXT, AFTER)
    let_minutes_pass()
    run_worker()
    assert {tuple(one.to): one.subject for one in mail.outbox} == {
        ("ann@example.org",): "Not on Wednesday 2 December to Wednesday 9 December: Soup and a chat",
        ("bob@example.org",): "Not on Wednesday 2 December to Wednesday 9 December: Quilts",
    }
    assert len(mail.outbox) == 2


def test_what_a_dead_worker_left_is_told_activity_by_activity(hall: Venue, soup: Schedule) -> None:
    quilts = the_schedule(make_activity("Quilts", venue=hall))
    for schedule in (soup, quilts):
        make_listener(schedule.activity)
    closed = close(hall, NEXT)
    forget_work()
    pick_up(now=closed.made_at + timedelta(hours=1))
    told = {telling.listener.activity_id: telling.changes for telling in Telling.objects.all()}
    assert told == {
        schedule.activity_id: [SessionChange.objects.get(schedule=schedule).pk] for schedule in (soup, quilts)
    }
