"""Staff have hours read back, and see what there is to do this week."""

import pytest

from engagement.directory.models import Activity
from portal.pages.week import the_week
from tests.conftest import Person
from tests.factories.directory import make_activity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]

SESSIONS = "/staff/directory/sessions/"


@pytest.fixture
def soup() -> Activity:
    return make_activity(recurrence="FREQ=WEEKLY;BYDAY=FR")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("get", "/staff/directory/hours-to-confirm/", {"coordinator"}),
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


def lines_of(person: Person) -> dict[str, int]:
    return {line.label: line.count for line in the_week(person.user) if line.url.startswith("/staff/directory/")}


def test_the_week_tells_each_only_what_they_can_act_on(
    soup: Activity, coordinator: Person, partner: Person, navigator: Person
) -> None:
    due = {"changes that places wish for", "entries said to be wrong", "entries to check"}
    assert due < set(lines_of(coordinator))
    assert lines_of(coordinator)["sessions to run this week"] == 1
    assert lines_of(partner) == lines_of(navigator) == {}
    assert SESSIONS in coordinator.get("/staff/").content.decode()
    assert SESSIONS not in partner.get("/staff/").content.decode()
