"""The staff home shows each person the numbers they can act on."""

import pytest

from portal.accounts.models import User
from portal.pages import week
from portal.pages.week import WeekLine, register_week_line, the_week
from tests.conftest import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[week.WeekLineMaker]:
    makers: list[week.WeekLineMaker] = []
    monkeypatch.setattr(week, "_makers", makers)
    return makers


def calm(user: User) -> WeekLine:
    return WeekLine(label="entries to check", count=3, url="/staff/check/")


def pressing(user: User) -> WeekLine | None:
    return WeekLine("held comments", 2, "/staff/held/", is_urgent=True) if user.first_name == "Coordinator" else None


def test_urgent_things_come_first_and_only_to_those_they_concern(
    lines: list[week.WeekLineMaker], coordinator: Person, editor: Person
) -> None:
    register_week_line(calm)
    register_week_line(pressing)
    register_week_line(pressing)
    assert [line.label for line in the_week(coordinator.user)] == ["held comments", "entries to check"]
    assert [line.label for line in the_week(editor.user)] == ["entries to check"]


def test_the_staff_home_opens_with_the_week(lines: list[week.WeekLineMaker], coordinator: Person) -> None:
    register_week_line(pressing)
    page = coordinator.get("/staff/").content.decode()
    assert "This week" in page
    assert "/staff/held/" in page


def test_a_quiet_week_says_so(lines: list[week.WeekLineMaker], coordinator: Person) -> None:
    assert "Nothing waits for you here." in coordinator.get("/staff/").content.decode()


def test_wagtail_asks_nobody_outside(coordinator: Person) -> None:
    page = coordinator.get("/staff/").content.decode()
    assert "gravatar" not in page
    assert "releases.wagtail" not in page
