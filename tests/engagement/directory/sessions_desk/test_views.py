"""Staff call a session off with one press, move it, add a note, call off weeks at once, and undo each with one press."""

from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.directory.models import Activity, ComingSession, Schedule, SessionChange
from portal.pages.week import the_week
from tests.conftest import Person
from tests.factories.directory import make_activity, make_venue, the_schedule
from tests.paging import link_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]

SESSIONS, ACTIVITIES = "/staff/directory/sessions/", "/staff/directory/activities/"
FRIDAY = "2026-11-27"
ELSEWHERE = {"to_on": "2026-11-28", "starts_at": "14:00", "ends_at": "16:00", "reason": "boiler broken"}


@pytest.fixture
def soup() -> Activity:
    return make_activity(recurrence="FREQ=WEEKLY;BYDAY=FR")


@pytest.fixture
def friday(soup: Activity) -> str:
    """The start of the addresses of one session's deeds."""
    return f"{SESSIONS}{the_schedule(soup).pk}/"


def live() -> int:
    """The number of the one thing that was said."""
    return SessionChange.objects.live().get().pk


def post(person: Person, path: str, **data: Any) -> str:
    answer = person.post(path, data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_coordinator_sees_the_week_and_calls_a_session_off(
    friday: str, coordinator: Person, resident: Person
) -> None:
    page = coordinator.get(SESSIONS).content.decode()
    assert "Friday 27 November" in page
    assert "Not this Friday" in page
    page = post(coordinator, f"{friday}cancel/", on=FRIDAY, reason="boiler broken")
    assert "Every page now says that Soup and a chat is not on" in page
    assert "Not this Friday: boiler broken" in page
    assert "Undo: it is on after all" in page
    assert "Not this Friday: boiler broken" in resident.get("/whats-on/").content.decode()
    page = post(coordinator, f"{friday}restore/", change=live())
    assert "Soup and a chat is on after all" in page
    assert "boiler broken" not in resident.get("/whats-on/").content.decode()
    assert SessionChange.objects.get().undone_by == coordinator.user


def test_a_session_is_moved_once_and_moved_back(friday: str, coordinator: Person, resident: Person) -> None:
    corner = make_venue("Kettle Corner")
    assert "Another time or place, this once" in coordinator.get(f"{friday}on/{FRIDAY}/").content.decode()
    page = post(coordinator, f"{friday}move/", on=FRIDAY, venue=corner.pk, **ELSEWHERE)
    assert "this once" in page
    assert "Saturday 28 November" in page
    assert "At Kettle Corner, moved from Friday 27 November: boiler broken" in page
    assert "2pm to 4pm" in resident.get("/whats-on/").content.decode()
    coming = ComingSession.objects.get(session_on=date(2026, 11, 27))
    assert (coming.venue, coming.is_moved, coming.as_session.starts.hour) == (corner, True, 14)
    opened = coordinator.get(f"{friday}on/{FRIDAY}/").content.decode()
    assert 'value="2026-11-28"' in opened
    assert "Undo: it is as usual after all" in opened
    post(coordinator, f"{friday}restore/", change=live())
    coming = ComingSession.objects.get(session_on=date(2026, 11, 27))
    assert (coming.venue.name, coming.is_moved, coming.as_session.starts.hour) == ("Lantern Hall", False, 11)


def test_a_note_stands_beside_the_session_and_goes_again(friday: str, coordinator: Person, resident: Person) -> None:
    page = post(coordinator, f"{friday}note/", on=FRIDAY, reason="in the small room")
    assert "Your note stands beside Soup and a chat" in page
    assert "Take the note away" in page
    assert "in the small room" in resident.get("/whats-on/").content.decode()
    post(coordinator, f"{friday}restore/", change=live())
    assert "in the small room" not in resident.get("/whats-on/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"to_on": "2026-11-24"}, "This is in the past"),
        ({"to_on": "2026-11-25", "starts_at": "11:59", "ends_at": ""}, "This is in the past"),
        ({"ends_at": "14:00"}, "Give a time after the start"),
        ({"ends_at": "13:00"}, "It would end before it starts"),
        ({"to_on": "2027-11-27"}, "more than three months away"),
        ({"to_on": FRIDAY, "starts_at": "11:30", "ends_at": "13:30"}, "when and where it takes place already"),
        ({"to_on": ""}, "Choose a day."),
        ({"to_on": "2026-02-30"}, "Choose a day, such as"),
        ({"starts_at": ""}, "Give a time, such as 14:00."),
        ({"starts_at": "25:00"}, "Give a time, such as 14:00."),
        ({"venue": "999"}, "Choose a place from the list."),
        ({"reason": "x" * 161}, "Use at most 160 letters."),
    ],
)
def test_a_move_that_cannot_be_is_refused_and_what_was_typed_stays(
    friday: str, coordinator: Person, wrong: dict[str, str], said: str
) -> None:
    page = post(coordinator, f"{friday}move/", on=FRIDAY, **{**ELSEWHERE, **wrong})
    assert said in page
    assert "Error: " in page
    assert wrong.get("reason", "boiler broken") in page
    assert not SessionChange.objects.exists()


def test_a_note_needs_words_and_never_brings_a_session_back(friday: str, coordinator: Person) -> None:
    assert "Write what people should know." in post(coordinator, f"{friday}note/", on=FRIDAY, reason=" ")
    post(coordinator, f"{friday}cancel/", on=FRIDAY, reason="boiler broken")
    page = post(coordinator, f"{friday}note/", on=FRIDAY, reason="in the small room")
    assert "This session is not on. Undo that first." in page
    assert "in the small room" in page
    assert SessionChange.objects.live().get().kind == "cancelled"


@pytest.mark.parametrize("deed", ["cancel", "move", "note"])
@pytest.mark.parametrize("on", ["2026-11-26", "Friday", "", "2026-02-30", "\x00"])
def test_a_session_that_is_not_there_cannot_be_changed(friday: str, coordinator: Person, deed: str, on: str) -> None:
    assert "Nothing was changed" in post(coordinator, f"{friday}{deed}/", on=on, **ELSEWHERE)
    assert not SessionChange.objects.exists()


@pytest.mark.parametrize("on", ["2026-11-26", "Friday", "2026-02-30"])
def test_a_session_that_is_not_there_has_no_page(friday: str, coordinator: Person, on: str) -> None:
    assert coordinator.get(f"{friday}on/{on}/").status_code == 404


def test_a_reason_that_is_too_long_is_refused_and_kept(friday: str, coordinator: Person) -> None:
    page = post(coordinator, f"{friday}cancel/", on=FRIDAY, reason="x" * 161)
    assert "Use at most 160 letters." in page
    assert "x" * 161 in page
    assert not SessionChange.objects.exists()


@pytest.mark.parametrize("change", ["1", "0", "never", "", "9" * 19, "9" * 99])
def test_there_may_be_nothing_to_undo(friday: str, coordinator: Person, change: str) -> None:
    assert "There was nothing to undo" in post(coordinator, f"{friday}restore/", change=change)


def test_undo_takes_back_what_was_read_and_nothing_that_was_said_since(friday: str, coordinator: Person) -> None:
    post(coordinator, f"{friday}cancel/", on=FRIDAY, reason="boiler broken")
    read = live()
    assert f'name="change" value="{read}"' in coordinator.get(SESSIONS).content.decode()
    post(coordinator, f"{friday}cancel/", on=FRIDAY, reason="flood")
    page = post(coordinator, f"{friday}restore/", change=read)
    assert "Somebody has said something else about it since" in page
    assert SessionChange.objects.live().get().reason == "flood"
    post(coordinator, f"{friday}restore/", change=live())
    assert "There was nothing to undo" in post(coordinator, f"{friday}restore/", change=read)


def test_another_sessions_change_is_not_undone_by_its_number(friday: str, coordinator: Person) -> None:
    other = the_schedule(make_activity("Quilts", recurrence="FREQ=WEEKLY;BYDAY=FR"))
    post(coordinator, f"{SESSIONS}{other.pk}/cancel/", on=FRIDAY)
    assert "There was nothing to undo" in post(coordinator, f"{friday}restore/", change=live())
    assert SessionChange.objects.live().exists()


def test_a_week_without_sessions_says_so(coordinator: Person) -> None:
    assert "No session is planned" in coordinator.get(SESSIONS).content.decode()


def test_a_date_weeks_ahead_is_called_off_from_the_activitys_page(
    soup: Activity, friday: str, coordinator: Person
) -> None:
    page = coordinator.get(f"{ACTIVITIES}{soup.pk}/dates/").content.decode()
    assert "Friday 15 January" in page
    assert "Friday 29 January" not in page
    page = post(coordinator, f"{friday}cancel/", on="2027-01-15", reason="snow", back="activity")
    assert "Not on Friday 15 January: snow" in page
    assert "the dates of the next eight weeks" in page


def test_some_weeks_are_called_off_at_once_and_put_back_at_once(soup: Activity, coordinator: Person) -> None:
    path = f"{ACTIVITIES}{soup.pk}/"
    page = post(coordinator, f"{path}off/", first="2026-12-18", last="2027-01-01", reason="Christmas")
    assert "Off Friday 18 December to Friday 1 January: Christmas (3 dates)" in page
    assert SessionChange.objects.live().count() == 3
    together = SessionChange.objects.live()[0].together
    page = post(coordinator, f"{path}on-again/", together=together)
    assert "on after all" in page
    assert not SessionChange.objects.live().exists()
    assert "There was nothing to undo" in post(coordinator, f"{path}on-again/", together=together)
    assert "There was nothing to undo" in post(coordinator, f"{path}on-again/", together="all")


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (("2026-11-27", "2027-11-27"), "longer than three months"),
        (("2026-12-18", "2026-12-01"), "The last day comes before the first."),
        (("2026-11-01", "2026-11-20"), "These days are over."),
        (("2026-11-28", "2026-12-01"), "Nothing takes place on these days."),
        (("", "2026-12-01"), "Choose a day."),
    ],
)
def test_weeks_that_cannot_be_called_off_are_refused_with_what_was_typed(
    soup: Activity, coordinator: Person, days: tuple[str, str], said: str
) -> None:
    page = post(coordinator, f"{ACTIVITIES}{soup.pk}/off/", first=days[0], last=days[1], reason="Christmas")
    assert said in page
    assert 'value="Christmas"' in page
    assert not SessionChange.objects.exists()


def test_both_places_of_one_activity_stand_in_the_week(coordinator: Person) -> None:
    there = [
        {"venue": make_venue(), "recurrence": "FREQ=WEEKLY;BYDAY=FR"},
        {"venue": make_venue("Kettle Corner"), "recurrence": "FREQ=WEEKLY;BYDAY=SA"},
    ]
    when = {"starts_on": date(2026, 1, 2), "starts_at": time(10)}
    activity = make_activity(schedules=[{**when, **one} for one in there])
    second = Schedule.objects.of(activity)[1]
    post(coordinator, f"{SESSIONS}{second.pk}/cancel/", on="2026-11-28", reason="")
    page = coordinator.get(SESSIONS).content.decode()
    assert "Not this Friday" in page
    assert "Not this Saturday" in page
    assert SessionChange.objects.get().schedule == second


READING = [SESSIONS, f"{SESSIONS}1/on/{FRIDAY}/", f"{ACTIVITIES}1/dates/"]
WRITING = [
    *(f"{SESSIONS}1/{deed}/" for deed in ("cancel", "move", "note", "restore")),
    *(f"{ACTIVITIES}1/{deed}/" for deed in ("off", "on-again")),
]


@pytest.mark.parametrize(
    ("method", "path"), [*(("get", path) for path in READING), *(("post", path) for path in WRITING)]
)
def test_a_stranger_is_asked_to_sign_in_and_a_wrong_role_is_refused(
    request: pytest.FixtureRequest, stranger: Person, method: str, path: str
) -> None:
    answer = getattr(stranger, method)(path)
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/")
    for role in ("coordinator", "editor", "navigator", "lead", "partner", "administrator"):
        status = getattr(request.getfixturevalue(role), method)(path).status_code
        assert (status == 403) is (role != "coordinator"), role


@pytest.mark.parametrize("path", WRITING)
def test_nothing_is_changed_by_looking(coordinator: Person, path: str) -> None:
    assert coordinator.get(path).status_code == 405


def runs(person: Person) -> int:
    return next(line.count for line in the_week(person.user) if line.url == SESSIONS)


def test_a_session_called_off_is_not_one_to_run(friday: str, coordinator: Person) -> None:
    assert runs(coordinator) == 1
    post(coordinator, f"{friday}cancel/", on=FRIDAY)
    assert runs(coordinator) == 0


def test_the_week_asks_as_often_for_twenty_sessions_as_for_one(coordinator: Person) -> None:
    counts = []

    for number in range(20):
        make_activity(f"Soup {number}", venue=make_venue(f"Hall {number}"), recurrence="FREQ=WEEKLY;BYDAY=FR")
        if number in {0, 19}:
            coordinator.get(SESSIONS)
            with CaptureQueriesContext(connection) as queries:
                coordinator.get(SESSIONS)
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_full_week_comes_in_pages_and_a_deed_leads_back_to_its_page(coordinator: Person) -> None:
    for number in range(9):
        make_activity(f"Soup {number}", venue=make_venue(f"Hall {number}"), recurrence="FREQ=DAILY")
    first = coordinator.get(SESSIONS, {"p": "2"}).content.decode()
    to_second = link_to("next", first)
    second = coordinator.get(SESSIONS + to_second).content.decode()
    assert coordinator.get(SESSIONS + link_to("prev", second)).content.decode().count('name="reason"') == 50
    assert first.count('name="reason"') == 50
    assert second.count('name="reason"') == 13
    path = f"{SESSIONS}{Schedule.objects.all()[0].pk}/cancel/"
    back = to_second.removeprefix("?")
    assert f'name="back" value="{back}"' in second
    assert coordinator.post(path, {"on": "2026-12-01", "back": back})["Location"] == SESSIONS + to_second
    assert coordinator.post(path, {"on": "2026-12-01", "back": "2"})["Location"] == SESSIONS
    assert coordinator.post(path, {"on": "2026-12-01", "back": "//evil.example"})["Location"] == SESSIONS
