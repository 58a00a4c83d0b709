"""What is on: day by day, cancelled sessions with their reason, and those without a time at the end."""

import re
from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.directory.actions import add_note, cancel_session
from tests.conftest import Person
from tests.factories.directory import make_activity, make_venue, the_schedule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]

WEDNESDAY = date(2026, 11, 25)


def days(page: str) -> list[str]:
    return re.findall(r'<h2 id="day-\d+">([^<]+)</h2>', page)


def test_the_next_seven_days_by_day_and_time(resident: Person) -> None:
    venue = make_venue()
    make_activity("Soup and a chat", venue=venue)
    make_activity("Singing", venue=venue, recurrence="FREQ=WEEKLY;BYDAY=WE,FR", starts_at=time(9), ends_at=None)
    page = resident.get("/whats-on/").content.decode()
    assert days(page) == ["Today, Wednesday 25 November", "Friday 27 November"]
    assert page.index("Singing") < page.index("Soup and a chat")
    assert "11:30am to 1:30pm · Lantern Hall · Free" in page


def test_today_is_today_only_and_what_is_over_is_gone(resident: Person) -> None:
    venue = make_venue()
    make_activity("Early birds", venue=venue, starts_at=time(8), ends_at=time(9))
    make_activity("Soup and a chat", venue=venue)
    make_activity("Tomorrow’s tea", venue=venue, recurrence="FREQ=WEEKLY;BYDAY=TH")
    page = resident.get("/whats-on/?when=today").content.decode()
    assert days(page) == ["Today, Wednesday 25 November"]
    assert "Soup and a chat" in page
    assert "Early birds" not in page
    assert "Tomorrow’s tea" not in page


def test_a_cancelled_session_stays_and_says_why(resident: Person) -> None:
    activity = make_activity(recurrence="FREQ=WEEKLY;BYDAY=TH,FR")
    cancel_session(schedule=the_schedule(activity), on=date(2026, 11, 26), reason="boiler broken", by=None)
    add_note(schedule=the_schedule(activity), on=date(2026, 11, 27), reason="in the small room", by=None)
    page = resident.get("/whats-on/").content.decode()
    assert "Not tomorrow: boiler broken" in page
    assert "in the small room" in page


def test_something_without_a_time_is_there_with_a_word_to_ring(resident: Person) -> None:
    make_activity("Somewhen", recurrence="", starts_on=None, starts_at=None, ends_at=None)
    page = resident.get("/whats-on/").content.decode()
    assert "Ring to ask when" in page
    assert "Nothing is planned for this week" in page
    assert "Nothing more today" in resident.get("/whats-on/?when=today").content.decode()


def test_hidden_activities_are_not_told(resident: Person) -> None:
    make_activity("Soup and a chat", is_listed=False)
    assert "Soup and a chat" not in resident.get("/whats-on/").content.decode()


def test_the_page_asks_the_database_as_often_for_twenty_as_for_one(resident: Person) -> None:
    venue, counts = make_venue(), []
    for number in range(20):
        activity = make_activity(f"Soup {number}", venue=venue)
        cancel_session(schedule=the_schedule(activity), on=WEDNESDAY, reason="ill", by=None)
        if number in {0, 19}:
            with CaptureQueriesContext(connection) as queries:
                resident.get("/whats-on/")
            counts.append(sum("directory_" in query["sql"] for query in queries))
    assert counts == [2, 2]
