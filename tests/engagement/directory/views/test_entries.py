"""The pages of one venue and of one activity say what is known and what is not."""

from datetime import UTC, date, datetime, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.directory.actions import cancel_session, change_hours_on, move_session
from engagement.directory.models import Organisation
from tests.conftest import Person
from tests.factories.directory import TIMES, make_activity, make_venue, the_schedule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]


def test_a_venue_tells_when_where_what_and_whom_to_ring(resident: Person) -> None:
    venue = make_venue(
        description="Warm.\nDry.",
        address="Lantern Hall, 1 Sea Lane",
        postcode="SR8 4LX",
        phone="01632 960000",
        email="hall@example.org",
        website="https://hall.example.org",
        hours_text="Wednesdays, half eleven till half one",
        food="yes",
        toilets="no",
        checked_at=datetime(2026, 11, 3, 9, 0, tzinfo=UTC),
    )
    make_activity(venue=venue)
    page = resident.get("/venues/lantern-hall/").content.decode()
    for words in (
        "Open until 1:30pm",
        "Today, Wednesday</th><td>11:30am to 1:30pm",
        "Thursday</th><td>Closed",
        "Wednesdays, half eleven till half one",
        "1 Sea Lane<br>SR8 4LX",
        'href="tel:01632960000"',
        'href="mailto:hall@example.org"',
        'href="https://hall.example.org"',
        "Food or a hot drink</th><td>Yes",
        "Toilets</th><td>No<",
        "Wifi</th><td>Not known",
        "Checked by our team on 3 November 2026.",
        'href="/activities/soup-and-a-chat/"',
        "Every Wednesday, 11:30am to 1:30pm",
    ):
        assert words in page, words


def test_a_venue_of_which_little_is_known_says_so(resident: Person) -> None:
    make_venue(opening_hours="", is_warm_space=False)
    page = resident.get("/venues/lantern-hall/").content.decode()
    for words in (
        "Hours not known: ring first",
        "We are not sure of the hours",
        "The venue has not checked this yet. Ring before you go.",
        "Ring",
    ):
        assert words in page, words
    assert "Warm space<" not in page


def test_a_bank_holiday_has_its_name_on_the_venue_s_page(resident: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.clock.now", lambda: datetime(2026, 12, 23, 12, 0, tzinfo=UTC))
    make_venue(opening_hours="Mo-Fr 09:00-17:00")
    page = resident.get("/venues/lantern-hall/").content.decode()
    assert "Friday</th><td>9am to 5pm: ring first (Christmas Day)" in page


def test_an_activity_tells_its_next_dates(resident: Person) -> None:
    activity = make_activity(
        description="Soup.",
        who_for="Everybody",
        what_to_expect="Somebody says hello.",
        venue=make_venue(phone="01632 960000"),
    )
    cancel_session(schedule=the_schedule(activity), on=date(2026, 12, 2), reason="boiler broken", by=None)
    page = resident.get("/activities/soup-and-a-chat/").content.decode()
    for words in (
        "Every Wednesday, 11:30am to 1:30pm",
        "Today, Wednesday 25 November, 11:30am to 1:30pm",
        "Wednesday 2 December, 11:30am to 1:30pm",
        "Not on Wednesday 2 December: boiler broken",
        "Wednesday 16 December",
        "What it costs</th><td>Free",
        "Who it is for</th><td>Everybody",
        "Somebody says hello.",
        'href="/venues/lantern-hall/"',
        'href="tel:01632960000"',
    ):
        assert words in page, words
    assert "Wednesday 30 December" in page
    assert "6 January" not in page


def test_an_activity_without_a_time_says_to_ring(resident: Person) -> None:
    make_activity(recurrence="", starts_on=None, starts_at=None, ends_at=None, cost="")
    page = resident.get("/activities/soup-and-a-chat/").content.decode()
    assert "Ring to ask when" in page
    assert "Not known: ask before you go" in page
    assert "The next times" not in page


def test_an_activity_that_has_ended_says_so(resident: Person) -> None:
    make_activity(recurrence="", starts_on=date(2026, 1, 7))
    assert "There are no more dates that we know of" in resident.get("/activities/soup-and-a-chat/").content.decode()


@pytest.mark.parametrize("path", ["/venues/lantern-hall/", "/activities/soup-and-a-chat/"])
def test_what_is_hidden_or_not_there_is_not_found(resident: Person, path: str) -> None:
    assert resident.get(path).status_code == 404
    make_activity(venue=make_venue(is_listed=False))
    assert resident.get(path).status_code == 404


def test_an_activity_at_several_places_says_where_each_time_is(resident: Person) -> None:
    hall, other = make_venue(), make_venue("Other Hall")
    twice = [{**TIMES, "venue": hall}, {**TIMES, "venue": other, "recurrence": "FREQ=WEEKLY;BYDAY=FR"}]
    activity = make_activity(schedules=twice, how_to_come="book", youngest=50)
    first = activity.schedules.get(venue=hall)
    move_session(
        schedule=first, on=date(2026, 12, 2), to_on=date(2026, 12, 3), starts_at=time(9), ends_at=time(10),
        venue=other, reason="floor is wet", by=None,
    )  # fmt: skip
    page = resident.get("/activities/soup-and-a-chat/").content.decode()
    for words in (
        "Thursday 3 December, 9am to 10am",
        "At Other Hall, moved from Wednesday 2 December: floor is wet",
        "Friday 27 November, 11:30am to 1:30pm",
        'href="/venues/other-hall/"',
        "Book a place",
        "50 and over",
        f"/activities/soup-and-a-chat/{first.public_id}/2026-12-02.ics",
        "webcal://localhost/activities/soup-and-a-chat.ics",
    ):
        assert words in page, words
    page = resident.get("/venues/lantern-hall/").content.decode()
    assert "At Other Hall, moved from Wednesday 2 December" in page


def test_a_venue_tells_days_off_ahead_and_who_runs_it(resident: Person) -> None:
    group = Organisation.objects.create(name="Friends of the Hall", slug="friends", phone="01632 960111")
    venue = make_venue(organisation=group)
    change_hours_on(venue=venue, first_on=date(2026, 12, 24), last_on=date(2027, 1, 2), reason="Christmas", by=None)
    page = resident.get("/venues/lantern-hall/").content.decode()
    for words in (
        "Thursday 24 December to Saturday 2 January",
        "Closed: Christmas",
        "As a rule:",
        "Friends of the Hall",
        'href="tel:01632960111"',
        "/venues/lantern-hall/sheet.pdf",
    ):
        assert words in page, words


def test_a_venue_with_much_on_asks_the_database_no_more(resident: Person) -> None:
    venue = make_venue()
    make_activity(venue=venue)
    resident.get("/venues/lantern-hall/")
    with CaptureQueriesContext(connection) as few:
        resident.get("/venues/lantern-hall/")
    for number in range(12):
        make_activity(f"Number {number}", venue=venue)
    with CaptureQueriesContext(connection) as many:
        assert "Number 11" in resident.get("/venues/lantern-hall/").content.decode()
    assert len(many) == len(few)


def test_an_activity_says_of_each_place_how_to_get_in(resident: Person) -> None:
    make_activity(venue=make_venue(step_free="yes", toilets="no"), audience="men", who_for="")
    page = resident.get("/activities/soup-and-a-chat/").content.decode()
    for words in (
        "Getting in at Lantern Hall</caption>",
        "No steps to get in</th><td>Yes",
        "Toilets</th><td>No<",
        "Wifi</th><td>Not known",
        "Not known is not a no",
        "Who it is for</th><td>A men’s group.",
    ):
        assert words in page, words
    assert "Not said: ask if it is for you" not in page


@pytest.mark.parametrize(
    ("words", "is_said"),
    [("Wednesday: 11:30 - 13:30", False), ("We 11:30-13:30", False), ("Wednesdays, knock loudly at half eleven", True)],
)
def test_own_words_that_only_say_the_hours_again_are_left_out(resident: Person, words: str, is_said: bool) -> None:
    make_venue(hours_text=words)
    assert ("In their own words" in resident.get("/venues/lantern-hall/").content.decode()) is is_said


def test_a_place_that_says_nothing_of_bank_holidays_has_people_ring(resident: Person) -> None:
    make_venue(opening_hours="We 11:30-13:30")
    assert "Ring first on bank holidays." in resident.get("/venues/lantern-hall/").content.decode()


def test_search_engines_are_told_of_ten_dates_at_most(resident: Person) -> None:
    make_activity(recurrence="FREQ=DAILY")
    page = resident.get("/activities/soup-and-a-chat/").content.decode()
    assert page.count('"@type": "Event"') + page.count('"@type":"Event"') == 10
