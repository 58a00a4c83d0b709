"""Staff call a session off with one press, undo it, and say that an entry is still right."""

from datetime import date

import pytest

from engagement.directory.models import Activity, SessionChange, Venue
from portal.audit.models import AuditEvent
from portal.pages.week import the_week
from tests.conftest import Person
from tests.factories.directory import make_activity, make_venue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]

SESSIONS, TO_CHECK = "/staff/directory/sessions/", "/staff/directory/to-check/"


@pytest.fixture
def soup() -> Activity:
    return make_activity(recurrence="FREQ=WEEKLY;BYDAY=FR")


def post(person: Person, path: str, **data: str) -> str:
    answer = person.post(path, data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_partner_sees_the_week_and_calls_a_session_off(soup: Activity, partner: Person, resident: Person) -> None:
    page = partner.get(SESSIONS).content.decode()
    assert "Friday 27 November" in page
    assert "Not this Friday" in page
    page = post(partner, f"{SESSIONS}{soup.pk}/cancel/", on="2026-11-27", reason="boiler broken")
    assert "Every page now says that Soup and a chat is not on" in page
    assert "Not this Friday: boiler broken" in page
    assert "Undo: it is on after all" in page
    assert "Not this Friday: boiler broken" in resident.get("/whats-on/").content.decode()
    page = post(partner, f"{SESSIONS}{soup.pk}/restore/", on="2026-11-27")
    assert "Soup and a chat is on after all" in page
    assert "boiler broken" not in resident.get("/whats-on/").content.decode()
    assert SessionChange.objects.get().undone_by == partner.user


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-11-26", "does not take place on Thursday 26 November"),
        ("Friday", "Nothing was changed"),
        ("", "Nothing was changed"),
    ],
)
def test_a_session_that_is_not_there_cannot_be_called_off(soup: Activity, partner: Person, on: str, said: str) -> None:
    assert said in post(partner, f"{SESSIONS}{soup.pk}/cancel/", on=on, reason="")
    assert not SessionChange.objects.exists()


def test_a_reason_that_is_too_long_is_refused(soup: Activity, partner: Person) -> None:
    assert "Nothing was changed" in post(partner, f"{SESSIONS}{soup.pk}/cancel/", on="2026-11-27", reason="x" * 161)


@pytest.mark.parametrize("on", ["2026-11-27", "never"])
def test_there_may_be_nothing_to_undo(soup: Activity, partner: Person, on: str) -> None:
    assert "There was nothing to undo" in post(partner, f"{SESSIONS}{soup.pk}/restore/", on=on)


def test_a_week_without_sessions_says_so(partner: Person) -> None:
    assert "No session is planned" in partner.get(SESSIONS).content.decode()


def test_the_coordinator_checks_an_entry(coordinator: Person, resident: Person) -> None:
    venue = make_venue(phone="01632 960000")
    assert "Never checked" in coordinator.get(TO_CHECK).content.decode()
    page = post(coordinator, f"{TO_CHECK}{venue.pk}/")
    assert "Every entry was checked in the last 28 days" in page
    assert Venue.objects.get().checked_by == coordinator.user
    assert "Checked on" in resident.get("/venues/lantern-hall/").content.decode()
    assert AuditEvent.objects.newest_first()[0].action == "directory.mark_checked"


def test_hours_are_read_back_while_they_are_typed(coordinator: Person) -> None:
    path = "/staff/directory/hours-in-words/"
    said = coordinator.get(path, {"value": "We 10:00-12:00; PH off"}).json()
    assert said == {"words": "It reads: Wednesday 10am to 12 noon. Bank holidays: closed.", "is_read": True}
    refused = coordinator.get(path, {"value": "nine to five"}).json()
    assert not refused["is_read"]
    assert "We cannot read" in refused["words"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("get", SESSIONS, {"coordinator", "partner"}),
        ("post", f"{SESSIONS}1/cancel/", {"coordinator", "partner"}),
        ("post", f"{SESSIONS}1/restore/", {"coordinator", "partner"}),
        ("get", TO_CHECK, {"coordinator"}),
        ("post", f"{TO_CHECK}1/", {"coordinator"}),
        ("get", "/staff/directory/hours-in-words/", {"coordinator"}),
    ],
)
def test_a_stranger_is_asked_to_sign_in_and_a_wrong_role_is_refused(
    request: pytest.FixtureRequest, stranger: Person, method: str, path: str, allowed: set[str]
) -> None:
    answer = getattr(stranger, method)(path)
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/")
    for role in ("coordinator", "editor", "navigator", "lead", "partner", "administrator"):
        status = getattr(request.getfixturevalue(role), method)(path).status_code
        assert (status == 403) is (role not in allowed), role


@pytest.mark.parametrize("path", [f"{SESSIONS}1/cancel/", f"{SESSIONS}1/restore/", f"{TO_CHECK}1/"])
def test_nothing_is_changed_by_looking(coordinator: Person, path: str) -> None:
    assert coordinator.get(path).status_code == 405


def lines_of(person: Person) -> dict[str, int]:
    return {line.label: line.count for line in the_week(person.user) if line.url.startswith("/staff/directory/")}


def test_the_week_tells_each_only_what_they_can_act_on(
    soup: Activity, coordinator: Person, partner: Person, navigator: Person
) -> None:
    assert lines_of(coordinator) == {"sessions to run this week": 1, "entries to check": 1}
    assert lines_of(partner) == {"sessions to run this week": 1}
    assert lines_of(navigator) == {}
    assert SESSIONS in partner.get("/staff/").content.decode()


def test_a_session_called_off_is_not_one_to_run(soup: Activity, partner: Person) -> None:
    post(partner, f"{SESSIONS}{soup.pk}/cancel/", on=date(2026, 11, 27).isoformat())
    assert lines_of(partner) == {"sessions to run this week": 0}
