"""What is on: day by day, cancelled sessions with their reason, and those without a time at the end."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.directory.actions import add_note, cancel_session, move_session
from engagement.directory.models import Activity, Venue
from portal.geo.models import Postcode
from tests.conftest import Person
from tests.engagement.directory.views import rows
from tests.engagement.directory.views.rows import titles
from tests.factories.directory import make_activity, make_venue, the_schedule
from tests.paging import link_to

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


def move_to_sunday(activity: Activity, on: date, venue: Venue | None = None, reason: str = "") -> None:
    to: dict[str, Any] = {"to_on": date(2026, 11, 29), "starts_at": time(15), "ends_at": None, "venue": venue}
    move_session(schedule=the_schedule(activity), on=on, reason=reason, by=None, **to)


def test_a_session_moved_to_another_day_stands_on_its_old_day_too(resident: Person) -> None:
    venue = make_venue()
    soup = make_activity("Soup", venue=venue, recurrence="FREQ=WEEKLY;BYDAY=TH")
    make_activity("Late soup", venue=venue, recurrence="FREQ=WEEKLY;BYDAY=TH", starts_at=time(18), ends_at=None)
    move_to_sunday(soup, date(2026, 11, 26), make_venue("Kettle Corner"), "funeral")
    page = resident.get("/whats-on/").content.decode()
    assert days(page) == ["Tomorrow, Thursday 26 November", "Sunday 29 November"]
    assert "11:30am to 1:30pm · Lantern Hall" in page
    assert "Moved to Sunday 29 November, from 3pm, at Kettle Corner: funeral" in page
    assert page.index("Moved to Sunday") < page.index("Late soup")
    assert "2 sessions" in page


def test_an_old_day_without_anything_else_is_there_and_one_out_of_sight_is_not(resident: Person) -> None:
    shed = make_activity("Shed", recurrence="FREQ=WEEKLY;BYDAY=WE", audience="men", starts_at=time(9))
    move_to_sunday(shed, date(2026, 11, 25))
    assert days(resident.get("/whats-on/").content.decode()) == ["Sunday 29 November"]
    move_to_sunday(shed, date(2026, 12, 2))
    assert "Moved to" not in resident.get("/whats-on/").content.decode()
    page = resident.get("/whats-on/?when=month&who=men").content.decode()
    assert "Moved to Sunday 29 November" in page
    assert "Moved to" not in resident.get("/whats-on/?when=month&who=women").content.decode()
    assert "Moved to" not in resident.get("/whats-on/?when=month&theme=food").content.decode()


def test_something_without_a_time_is_there_with_a_word_to_ring(resident: Person) -> None:
    make_activity("Somewhen", recurrence="", starts_on=None, starts_at=None, ends_at=None)
    page = resident.get("/whats-on/").content.decode()
    assert "Ring to ask when" in page
    assert "Nothing is planned for this week" in page
    assert "Nothing fits all of that" in resident.get("/whats-on/?when=today").content.decode()


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
    assert counts == [6, 6]


def ask(resident: Person, query: str = "") -> str:
    return rows.ask(resident, query, page="/whats-on/")


def test_four_weeks_are_there_on_request(resident: Person) -> None:
    make_activity("Soup and a chat")
    assert len(days(ask(resident))) == 1
    assert len(days(ask(resident, "?when=month"))) == 4


def test_what_it_is_about_and_for_whom(resident: Person) -> None:
    venue = make_venue(toilets="yes")
    make_activity("Men’s shed", venue=venue, audience="men", theme="company")
    make_activity("Women’s circle", venue=venue, audience="women", theme="company", free_entry="yes")
    make_activity("Lunch", venue=venue, theme="food", audience="everybody", children_welcome="yes", free_entry="no")
    make_activity("Perhaps", venue=make_venue("No Hall", toilets="no"), theme="food")
    assert titles(ask(resident, "?theme=food")) == ["Lunch", "Perhaps"]
    assert titles(ask(resident, "?who=men")) == ["Men’s shed"]
    assert titles(ask(resident, "?who=men&who=women")) == ["Men’s shed", "Women’s circle"]
    assert titles(ask(resident, "?who=children")) == ["Lunch"]
    assert titles(ask(resident, "?only=toilets")) == ["Lunch", "Men’s shed", "Women’s circle"]
    page = ask(resident, "?only=free")
    assert titles(page) == ["Women’s circle"]
    assert "We do not know this of 2 more sessions." in page
    assert titles(ask(resident, "?only=free&maybe=on")) == ["Men’s shed", "Perhaps", "Women’s circle"]


def test_near_a_postcode_each_says_how_far(resident: Person) -> None:
    Postcode.objects.create(code="SR8 4LX", latitude=54.763, longitude=-1.315)
    make_activity("Soup and a chat", venue=make_venue(latitude=54.7648, longitude=-1.3143))
    assert "minutes’ walk, 0.1 miles" in ask(resident, "?near=SR84LX")
    assert titles(ask(resident, "?near=SR84LX&miles=2")) == ["Soup and a chat"]


def test_what_nobody_has_checked_for_three_months_is_left_out_until_asked(
    resident: Person, wednesday_noon: datetime
) -> None:
    activity = make_activity("Soup and a chat")
    activity.checked_at = wednesday_noon - timedelta(days=91)
    activity.save()
    page = ask(resident)
    assert titles(page) == []
    assert "1 more session nobody has checked for three months" in page
    assert "Nobody has checked this since 26 August" in ask(resident, "?unchecked=on")


@pytest.mark.parametrize(
    "query", ["?theme=gold", "?when=never", "?near=%00zz1", "?who=cats", "?page=x", "?page=999", "?only=%00"]
)
def test_a_question_that_makes_no_sense_still_gets_the_list(resident: Person, query: str) -> None:
    make_activity("Soup and a chat")
    assert titles(ask(resident, query)) == ["Soup and a chat"]


def test_a_choice_that_is_not_on_the_list_is_said_beside_the_list(resident: Person) -> None:
    page = ask(resident, "?theme=gold")
    assert "What it is about: we do not know this choice. Choose from this list." in page
    assert "<title>Error: What’s on" in page


def test_a_moved_session_says_from_where_it_came(resident: Person) -> None:
    activity = make_activity("Soup and a chat")
    other = make_venue("Chapel", latitude=54.8)
    move_session(
        schedule=the_schedule(activity),
        on=date(2026, 11, 25),
        to_on=date(2026, 11, 26),
        starts_at=time(10),
        ends_at=time(11),
        venue=other,
        reason="",
        by=None,
    )
    page = ask(resident)
    assert days(page) == ["Tomorrow, Thursday 26 November"]
    assert "At Chapel, moved from today" in page


def test_the_map_has_the_same_sessions_by_the_same_filters(resident: Person) -> None:
    activity = make_activity("Soup and a chat", theme="food")
    make_activity("Singing", theme="company", venue=make_venue("Chapel", latitude=54.8))
    cancel_session(schedule=the_schedule(activity), on=WEDNESDAY, reason="ill", by=None)
    (feature,) = resident.get("/whats-on.geojson?theme=food&bbox=-1.4,54.7,-1.2,54.78&zoom=17").json()["features"]
    assert feature["geometry"]["coordinates"] == [-1.315, 54.763]
    assert feature["properties"] == {
        "title": "Soup and a chat",
        "url": "/activities/soup-and-a-chat/",
        "meta": "Today, Wednesday 25 November, 11:30am to 1:30pm · Lantern Hall · Free",
        "status": "Not today: ill",
    }
    assert resident.get("/whats-on.geojson?bbox=1,2").status_code == 400


def test_more_than_fifty_go_on_a_second_page(resident: Person) -> None:
    venue = make_venue()
    for number in range(8):
        make_activity(f"Soup {number}", venue=venue, recurrence="FREQ=DAILY")
    page = ask(resident)
    assert "56 sessions" in page
    assert len(titles(page)) == 50
    second = ask(resident, link_to("next", page))
    assert len(titles(second)) == 6
    assert titles(ask(resident, link_to("prev", second))) == titles(page)
