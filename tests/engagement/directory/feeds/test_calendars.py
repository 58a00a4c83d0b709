"""Addresses of calendars: who asks again gets nothing twice, what is hidden leaves, what merged leads on."""

from datetime import date, datetime, time
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from engagement.directory.actions import cancel_session, change_activity, move_session, restore_session
from engagement.directory.models import Activity, Venue
from tests.conftest import Person
from tests.factories.directory import make_activity, make_venue, the_schedule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]


def names(content: bytes) -> list[str]:
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(content).walk("VEVENT")]


def test_everything_is_in_one_calendar_and_a_theme_in_its_own(resident: Person) -> None:
    make_activity("Soup", theme="food")
    make_activity("Bingo", theme="company", venue=make_venue("Other Hall"))
    answer = resident.get("/whats-on.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "public" in answer["Cache-Control"]
    assert names(answer.content) == ["Bingo", "Soup"]
    assert names(resident.get("/whats-on.ics?theme=food").content) == ["Soup"]


def test_a_theme_that_is_none_is_answered_with_those_there_are(resident: Person) -> None:
    answer = resident.get("/whats-on.ics?theme=<script>")
    assert answer.status_code == 400
    assert "food" in answer.content.decode()
    assert "<script>" not in answer.content.decode()


def test_a_program_that_has_the_calendar_gets_it_again_only_after_a_change(resident: Person) -> None:
    activity = make_activity()
    first = resident.get("/whats-on.ics")
    assert resident.get("/whats-on.ics", headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert resident.get("/whats-on.ics", headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    cancel_session(schedule=the_schedule(activity), on=date(2026, 12, 2), reason="", by=None)
    again = resident.get("/whats-on.ics", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert names(again.content) == ["Soup and a chat", "Not on: Soup and a chat"]
    assert resident.head("/whats-on.ics").status_code == 200
    assert resident.post("/whats-on.ics").status_code == 405


def test_a_venue_s_calendar_has_what_was_moved_there(resident: Person) -> None:
    other = make_venue("Other Hall")
    schedule = the_schedule(make_activity())
    move_session(
        schedule=schedule, on=date(2026, 12, 2), to_on=date(2026, 12, 3), starts_at=time(9), ends_at=None,
        venue=other, reason="", by=None,
    )  # fmt: skip
    event: Any
    (event,) = Calendar.from_ical(resident.get("/venues/other-hall.ics").content).walk("VEVENT")
    assert event["DTSTART"].dt.date() == date(2026, 12, 3)
    assert str(event["UID"]) == f"{schedule.public_id}-20261202@localhost"
    assert len(names(resident.get("/venues/lantern-hall.ics").content)) == 2


def test_what_was_moved_there_and_called_off_then_stays_and_says_so(resident: Person) -> None:
    schedule, there = the_schedule(make_activity()), {"venue": make_venue("Other Hall"), "ends_at": None, "by": None}
    on: dict[str, Any] = {"schedule": schedule, "on": date(2026, 12, 2)}
    move_session(**on, **there, to_on=date(2026, 12, 3), starts_at=time(9), reason="roof")  # type: ignore[arg-type]
    event: Any
    (event,) = Calendar.from_ical(resident.get("/venues/other-hall.ics").content).walk("VEVENT")
    before, uid = event["SEQUENCE"], str(event["UID"])
    cancel_session(**on, reason="ill", by=None)
    cancel_session(**on, reason="flood", by=None)
    (event,) = Calendar.from_ical(resident.get("/venues/other-hall.ics").content).walk("VEVENT")
    assert (str(event["STATUS"]), str(event["UID"]), event["SEQUENCE"] > before) == ("CANCELLED", uid, True)
    assert event["DTSTART"].dt.date() == date(2026, 12, 3)
    assert str(event["LOCATION"]).startswith("Other Hall")
    assert "Not on Thursday 3 December 2026: flood." in str(event["DESCRIPTION"])
    restore_session(**on, by=None)
    assert names(resident.get("/venues/other-hall.ics").content) == []


def test_what_is_taken_off_the_lists_leaves_every_calendar(resident: Person) -> None:
    activity = make_activity()
    assert names(resident.get("/activities/soup-and-a-chat.ics").content) == ["Soup and a chat"]
    change_activity(activity=activity, by=None, is_listed=False)
    for address in ("/activities/soup-and-a-chat.ics", "/whats-on.ics", "/venues/lantern-hall.ics"):
        answer = resident.get(address)
        assert answer.status_code == 200
        assert names(answer.content) == []
    assert "Soup" not in resident.get("/activities/soup-and-a-chat.ics").content.decode().replace("soup", "")
    assert resident.get("/activities/never-there.ics").status_code == 404


def test_a_merged_venue_leads_to_the_one_it_became(resident: Person) -> None:
    became, middle = make_venue("Hall"), make_venue("Old Hall")
    old = make_venue("Oldest Hall")
    Venue.objects.filter(pk=middle.pk).update(merged_into=became)
    Venue.objects.filter(pk=old.pk).update(merged_into=middle)
    for address in ("/venues/{}/", "/venues/{}.ics", "/venues/{}/sheet.pdf"):
        answer = resident.get(address.format("oldest-hall"))
        assert answer.status_code == 302
        assert answer["Location"] == address.format("hall")


def test_venues_merged_in_a_ring_lead_somewhere_all_the_same(resident: Person) -> None:
    one, two = make_venue("One"), make_venue("Two")
    Venue.objects.filter(pk=one.pk).update(merged_into=two)
    Venue.objects.filter(pk=two.pk).update(merged_into=one)
    assert resident.get("/venues/one/").status_code in {302, 404}


def test_one_date_is_kept_by_itself(resident: Person) -> None:
    schedule = the_schedule(make_activity())
    address = f"/activities/soup-and-a-chat/{schedule.public_id}/"
    event: Any
    (event,) = Calendar.from_ical(resident.get(f"{address}2026-12-02.ics").content).walk("VEVENT")
    assert event["DTSTART"].dt.replace(tzinfo=None) == datetime(2026, 12, 2, 11, 30)
    assert "RRULE" not in event
    for day in ("2026-12-03", "2026-02-30", "9999-12-31", "0001-01-01", "soon"):
        assert resident.get(f"{address}{day}.ics").status_code == 404, day
    wrong = f"/activities/bingo/{schedule.public_id}/2026-12-02.ics"
    assert resident.get(wrong).status_code == 404


def test_a_calendar_costs_as_many_questions_for_many_as_for_one(resident: Person) -> None:
    venue = make_venue()
    make_activity("First", venue=venue)
    resident.get("/whats-on.ics")
    cache.clear()
    with CaptureQueriesContext(connection) as few:
        resident.get("/whats-on.ics")
    for number in range(12):
        cancel_session(
            schedule=the_schedule(make_activity(f"Number {number}", venue=venue)),
            on=date(2026, 12, 2),
            reason="",
            by=None,
        )
    with CaptureQueriesContext(connection) as many:
        assert len(names(resident.get("/whats-on.ics").content)) == 25
    assert len(many) == len(few)
    with CaptureQueriesContext(connection) as known:
        resident.get("/whats-on.ics")
    assert len(known) <= 3


def test_a_first_day_at_the_end_of_all_days_is_in_no_calendar(resident: Person) -> None:
    activity = make_activity(starts_on=date(9990, 1, 3), recurrence="FREQ=WEEKLY;BYDAY=WE")
    assert Activity.objects.filter(pk=activity.pk).exists()
    assert names(resident.get("/whats-on.ics").content) == []
