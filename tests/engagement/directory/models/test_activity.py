"""Activities can be asked for in words, and know their next times."""

from datetime import date, datetime, time, timedelta

import pytest

from engagement.directory.actions import cancel_session
from engagement.directory.hours.school_year import SchoolYear
from engagement.directory.models import Activity, Schedule, SessionChange
from portal.clock import LONDON
from tests.factories.directory import make_activity, make_venue, the_schedule

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=LONDON)


def test_an_activity_at_a_hidden_venue_is_hidden() -> None:
    make_activity(venue=make_venue("Hidden", is_listed=False))
    make_activity("Quiz", is_listed=False)
    assert not Activity.objects.listed().exists()


def test_scheduled_or_not() -> None:
    venue = make_venue()
    make_activity("Soup", venue=venue)
    make_activity("Somewhen", venue=venue, recurrence="", starts_on=None, starts_at=None, ends_at=None)
    assert [str(one) for one in Schedule.objects.timed()] == ["Every Wednesday, 11:30am to 1:30pm, Lantern Hall"]
    assert [str(one) for one in Activity.objects.unscheduled()] == ["Somewhen"]


def test_the_next_sessions_begin_with_the_one_under_way() -> None:
    make_activity()
    schedule = Schedule.objects.with_changes(date(2026, 11, 24), date(2027, 11, 25)).get()
    coming = schedule.next_sessions(NOON, SchoolYear(), count=2, within=timedelta(days=365))
    assert [session.on for session in coming] == [date(2026, 11, 25), date(2026, 12, 2)]
    later = schedule.next_sessions(NOON + timedelta(hours=2), SchoolYear(), count=1, within=timedelta(days=365))
    assert [session.on for session in later] == [date(2026, 12, 2)]


def test_a_session_that_began_yesterday_may_still_be_on() -> None:
    make_activity(recurrence="FREQ=DAILY", starts_at=time(22), ends_at=time(3))
    schedule = Schedule.objects.with_changes(date(2026, 11, 24), date(2026, 11, 26)).get()
    night = datetime(2026, 11, 25, 1, 0, tzinfo=LONDON)
    assert schedule.next_sessions(night, SchoolYear(), count=1, within=timedelta(days=1))[0].on == date(2026, 11, 24)


def test_changes_outside_the_window_are_not_fetched() -> None:
    schedule = the_schedule(make_activity())
    cancel_session(schedule=schedule, on=date(2026, 11, 25), reason="ill", by=None)
    assert not SessionChange.objects.live().touching(date(2026, 11, 26), date(2026, 12, 30)).exists()
    assert str(SessionChange.objects.get()) == "2026-11-25 not on"


def test_search_looks_at_the_venue_too() -> None:
    make_activity("Soup", venue=make_venue("Lantern Hall"), who_for="Everybody")
    assert [str(one) for one in Activity.objects.with_words("lantern everybody")] == ["Soup"]
    assert not Activity.objects.with_words("lantern nobody").exists()
