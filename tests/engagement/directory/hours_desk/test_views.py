"""Staff read hours back, say that a place is closed on some days, and confirm what was read from words."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.directory.actions import change_hours_on, keep_school_break, restore_session
from engagement.directory.models import HoursException, Opening, SchoolBreak, SessionChange, Venue
from portal.audit.models import AuditEvent
from portal.pages.week import the_week
from tests.conftest import Person
from tests.factories.directory import make_activity, make_venue, the_schedule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]

WORDS, TO_CONFIRM = "/staff/directory/hours-in-words/", "/staff/directory/hours-to-confirm/"
ROWS = {"hours-TOTAL_FORMS": "1", "hours-INITIAL_FORMS": "0", "hours-bank_holidays": "closed"}
NEXT_WEDNESDAY = date(2026, 12, 2)


def posted(person: Person, path: str, **data: Any) -> str:
    answer = person.post(path, data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_rows_are_read_back_while_they_are_typed(coordinator: Person) -> None:
    rows = {**ROWS, "hours-0-days": ["0", "2"], "hours-0-opens": "09:30", "hours-0-closes": "12:00"}
    said = coordinator.get(WORDS, {**rows, "hours-0-part": "term_time"}).json()
    words = "It would read: Mondays and Wednesdays 9:30am to 12 noon, in term time. Bank holidays: closed."
    assert said == {"words": words, "is_read": True}
    said = coordinator.get(WORDS, {**rows, "hours-0-closes": "09:30"}).json()
    assert not said["is_read"]
    assert "Row 1: It closes as it opens." in said["words"]
    assert coordinator.get(WORDS).json()["is_read"] is False


def test_a_place_is_closed_on_some_days_and_that_is_taken_back(coordinator: Person, resident: Person) -> None:
    venue = make_venue()
    path = f"/staff/directory/venues/{venue.pk}/days/"
    page = posted(coordinator, path, first_on="2026-12-02", last_on="", reason="boiler broken")
    assert "Wednesday 2 December" in page
    assert "boiler broken" in page
    said = HoursException.objects.get()
    assert (said.last_on, said.opens_at, said.made_by) == (NEXT_WEDNESDAY, None, coordinator.user)
    assert not Opening.objects.filter(opens_at__date=NEXT_WEDNESDAY).exists()
    page = posted(coordinator, f"/staff/directory/days/{said.pk}/undo/")
    assert "No day ahead is different" in page
    assert Opening.objects.filter(opens_at__date=NEXT_WEDNESDAY).exists()
    assert "taken it back already" in posted(coordinator, f"/staff/directory/days/{said.pk}/undo/")
    assert [event.action for event in AuditEvent.objects.newest_first()[:2]] == [
        "directory.restore_hours",
        "directory.change_hours_on",
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"first_on": ""}, "Give the first day"),
        ({"first_on": "2026-02-29"}, "Give the first day"),
        ({"first_on": "2026-12-02", "last_on": "2026-12-01"}, "The last day comes before the first"),
        ({"first_on": "2026-12-02", "last_on": "2027-12-01"}, "longer than three months"),
        ({"first_on": "2026-12-02", "opens_at": "10:00"}, "Give both times"),
        ({"first_on": "2026-12-02", "opens_at": "10:00", "closes_at": "10:00"}, "a time after it opens"),
    ],
)
def test_days_that_make_no_sense_are_refused(coordinator: Person, data: dict[str, str], said: str) -> None:
    assert said in posted(coordinator, f"/staff/directory/venues/{make_venue().pk}/days/", **data)
    assert not HoursException.objects.exists()


def test_what_is_off_with_a_closed_place_is_said_and_each_can_be_kept_on(coordinator: Person) -> None:
    venue = make_venue()
    soup = the_schedule(make_activity("Soup and a chat", venue=venue))
    data = {"first_on": "2026-12-02", "last_on": "2026-12-09", "reason": "boiler broken"}
    path = f"/staff/directory/venues/{venue.pk}/days/"
    page = posted(coordinator, path, **data)
    assert "2 sessions are off with it: Soup and a chat, Wednesday 2 December; Soup and a chat" in page
    assert "Keep one on? Undo it there." in page
    assert f'href="/staff/directory/sessions/{soup.pk}/on/2026-12-09/"' in page
    restore_session(schedule=soup, on=NEXT_WEDNESDAY, by=coordinator.user)
    assert "/on/2026-12-02/" not in coordinator.get(path).content.decode()
    page = posted(coordinator, f"/staff/directory/days/{HoursException.objects.get().pk}/undo/")
    assert "on again." in page
    assert not SessionChange.objects.live().exists()


def test_the_page_of_days_asks_as_often_for_ten_closings_as_for_one(coordinator: Person) -> None:
    venue, counts = make_venue(), []
    make_activity(venue=venue)
    for week in range(10):
        day = NEXT_WEDNESDAY + timedelta(weeks=week)
        change_hours_on(venue=venue, first_on=day, last_on=day, reason="", by=None)
        if week in {0, 9}:
            coordinator.get(f"/staff/directory/venues/{venue.pk}/days/")
            with CaptureQueriesContext(connection) as queries:
                coordinator.get(f"/staff/directory/venues/{venue.pk}/days/")
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_hours_to_confirm_ask_as_often_for_twenty_as_for_one(coordinator: Person) -> None:
    counts = []
    for number in range(20):
        make_venue(f"Hall {number}", opening_hours="", hours_text="Mondays", hours_proposed="Mo 10:00-12:00")
        if number in {0, 19}:
            coordinator.get(TO_CONFIRM)
            with CaptureQueriesContext(connection) as queries:
                coordinator.get(TO_CONFIRM)
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_was_read_from_words_is_taken_or_put_aside(coordinator: Person) -> None:
    lantern = make_venue(opening_hours="", hours_text="Mondays 10-12", hours_proposed="Mo 10:00-12:00")
    kettle = make_venue("Kettle", opening_hours="", hours_text="Mo 10-12?", hours_proposed="Mo 10:00-12:00")
    page = coordinator.get(TO_CONFIRM).content.decode()
    assert "Mondays 10am to 12 noon" in page
    assert "hours to confirm" in [line.label for line in the_week(coordinator.user)]
    assert "had changed meanwhile" in posted(coordinator, f"{TO_CONFIRM}{lantern.pk}/take/", proposed="Tu 10:00-12:00")
    posted(coordinator, f"{TO_CONFIRM}{lantern.pk}/take/", proposed="Mo 10:00-12:00")
    page = posted(coordinator, f"{TO_CONFIRM}{kettle.pk}/not-right/", proposed="Mo 10:00-12:00")
    assert "Nothing to confirm" in page
    lantern.refresh_from_db()
    kettle.refresh_from_db()
    assert (lantern.opening_hours, lantern.hours_proposed) == ("Mo 10:00-12:00", "")
    assert (kettle.opening_hours, kettle.hours_proposed) == ("", "")
    assert AuditEvent.objects.newest_first()[0].done_by == str(coordinator.user.pk)


def test_school_holidays_are_kept_and_taken_out_with_history(coordinator: Person) -> None:
    data = {"name": "Half-term", "first_on": "2027-02-13", "last_on": "2027-02-21"}
    posted(coordinator, "/staff/school_holidays/new/", **data)
    holiday = SchoolBreak.objects.get()
    assert "comes before" in posted(
        coordinator, f"/staff/school_holidays/edit/{holiday.pk}/", **{**data, "last_on": "2027-02-12"}
    )
    posted(coordinator, f"/staff/school_holidays/delete/{holiday.pk}/")
    assert not SchoolBreak.objects.exists()
    actions = [event.action for event in AuditEvent.objects.newest_first()[:2]]
    assert actions == ["directory.remove_school_break", "directory.keep_school_break"]


def test_the_board_says_when_the_school_holidays_that_we_know_run_out(coordinator: Person, partner: Person) -> None:
    label = "entries need the next school holidays"
    assert label not in [line.label for line in the_week(coordinator.user)]
    make_venue(opening_hours="We 10:00-12:00; SH off")
    assert label in [line.label for line in the_week(coordinator.user)]
    assert label not in [line.label for line in the_week(partner.user)]
    keep_school_break(
        school_break=SchoolBreak(name="Easter", first_on=date(2027, 4, 1), last_on=date(2027, 4, 11)), by=None
    )
    assert label not in [line.label for line in the_week(coordinator.user)]


@pytest.mark.parametrize("role", ["stranger", "partner", "editor", "navigator", "lead", "administrator"])
def test_others_are_kept_out(request: pytest.FixtureRequest, role: str) -> None:
    venue = make_venue(hours_proposed="Mo 10:00-12:00")
    said = change_hours_on(venue=venue, first_on=NEXT_WEDNESDAY, last_on=NEXT_WEDNESDAY, reason="", by=None)
    person = request.getfixturevalue(role)
    refused = {302, 403}
    assert person.get(WORDS).status_code in refused
    assert person.get(TO_CONFIRM).status_code in refused
    assert person.get("/staff/school_holidays/").status_code in refused
    assert person.get(f"/staff/directory/venues/{venue.pk}/days/").status_code in refused
    for path in (
        f"days/{said.pk}/undo/",
        f"hours-to-confirm/{venue.pk}/take/",
        f"hours-to-confirm/{venue.pk}/not-right/",
    ):
        assert person.post(f"/staff/directory/{path}").status_code in refused
    assert Venue.objects.get().hours_proposed
    assert HoursException.objects.live().exists()
