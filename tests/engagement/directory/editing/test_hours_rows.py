"""Staff fill in plain rows, have the venue's own words read into them, and never see a code."""

from typing import Any

import pytest

from engagement.directory.models import Venue
from tests.conftest import Person
from tests.factories.directory import make_venue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]

VENUE = {
    "name": "Lantern Hall",
    **dict.fromkeys(
        ["free_entry", "food", "step_free", "toilets", "wifi", "children_welcome", "dementia_friendly"], "not_known"
    ),
    "is_listed": "on",
}


def rows(*given: dict[str, Any], bank_holidays: str = "not_said", **more: str) -> dict[str, Any]:
    """A form with these rows and an empty one."""
    data = {**VENUE, "hours-TOTAL_FORMS": str(len(given) + 1), "hours-INITIAL_FORMS": "0", **more}
    data |= {f"hours-{n}-{name}": value for n, row in enumerate(given) for name, value in row.items()}
    return {**data, "hours-bank_holidays": bank_holidays}


def saved(person: Person, path: str, data: dict[str, Any]) -> str:
    answer = person.post(path, data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


MONDAY = {"days": ["0"], "opens": "10:00", "closes": "12:00"}


@pytest.mark.parametrize(
    ("given", "bank_holidays", "value"),
    [
        ([MONDAY], "not_said", "Mo 10:00-12:00"),
        ([MONDAY], "closed", "Mo 10:00-12:00; PH off"),
        ([MONDAY], "as_usual", "PH off; Mo 10:00-12:00"),
        ([{**MONDAY, "weeks": ["1", "-1"]}], "not_said", "Mo[1,-1] 10:00-12:00"),
        ([{**MONDAY, "closes": "01:00"}], "not_said", "Mo 10:00-01:00"),
        ([{**MONDAY, "how": "by_appointment"}], "not_said", 'Mo 10:00-12:00 unknown "by appointment"'),
        ([{**MONDAY, "note": "while the soup lasts"}], "not_said", 'Mo 10:00-12:00 open "while the soup lasts"'),
        (
            [{**MONDAY, "part": "dates", "first": "1 Nov", "last": "29 February"}],
            "not_said",
            "Nov 01-Feb 29 Mo 10:00-12:00",
        ),
        ([{**MONDAY, "part": "term_time"}], "not_said", "Mo 10:00-12:00; SH off"),
        ([MONDAY, {**MONDAY, "days": ["1"], "DELETE": "on"}], "not_said", "Mo 10:00-12:00"),
        ([], "not_said", ""),
    ],
)
def test_rows_become_hours(coordinator: Person, given: list[dict[str, Any]], bank_holidays: str, value: str) -> None:
    saved(coordinator, "/staff/venues/new/", rows(*given, bank_holidays=bank_holidays))
    venue = Venue.objects.get()
    assert venue.opening_hours == value
    page = coordinator.get(f"/staff/venues/edit/{venue.pk}/").content.decode()
    assert f"Saved now: {venue.hours_in_words.split('.')[0]}"[:30] in page
    assert not value or value not in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({**MONDAY, "opens": ""}, "Give the time from which it is open"),
        ({**MONDAY, "closes": "10:00"}, "It closes as it opens"),
        ({**MONDAY, "opens": "25:00"}, "Enter a valid time"),
        ({**MONDAY, "part": "dates", "first": "30 February", "last": "1 Mar"}, "Write a day of the year"),
        ({**MONDAY, "part": "dates", "first": "soon", "last": "1 Mar"}, "Write a day of the year"),
        ({**MONDAY, "days": []}, "Choose at least one day"),
        ({**MONDAY, "days": ["9"]}, "Select a valid choice"),
        ({**MONDAY, "note": "x" * 61}, "at most 60"),
    ],
)
def test_a_row_that_cannot_be_kept_says_why(coordinator: Person, given: dict[str, Any], said: str) -> None:
    assert said in saved(coordinator, "/staff/venues/new/", rows(given))
    assert not Venue.objects.exists()


def test_rows_that_overlap_are_said(coordinator: Person) -> None:
    page = saved(coordinator, "/staff/venues/new/", rows(MONDAY, {**MONDAY, "opens": "11:00", "closes": "13:00"}))
    assert "These times overlap those of row 1 on Mondays." in page


RED_BAR = "could not be created due to errors"


def test_more_room_is_made_without_saving(coordinator: Person) -> None:
    half = {**MONDAY, "closes": ""}
    page = saved(coordinator, "/staff/venues/new/", rows(half, **{"hours-add": "1", "name": ""}))
    assert "There is room for another row" in page
    assert 'name="hours-2-opens"' in page
    assert 'value="10:00"' in page
    for wrong in (RED_BAR, "This field is required", "Give the time at which it closes"):
        assert wrong not in page
    assert not Venue.objects.exists()


def test_a_row_is_taken_out_and_the_rest_is_read_back(coordinator: Person) -> None:
    page = saved(
        coordinator,
        "/staff/venues/new/",
        rows(MONDAY, {**MONDAY, "days": ["4"], "opens": "11:00"}, **{"hours-drop": "0"}),
    )
    assert "The row is out." in page
    assert "It would read: Fridays 11am to 12 noon" in page
    assert 'value="10:00"' not in page
    assert RED_BAR not in page
    assert not Venue.objects.exists()


def test_rows_are_read_back_without_saving(coordinator: Person) -> None:
    page = saved(coordinator, "/staff/venues/new/", rows(MONDAY, **{"hours-back": "1"}))
    assert "It would read: Mondays 10am to 12 noon" in page
    assert RED_BAR not in page
    wrong = saved(coordinator, "/staff/venues/new/", rows({**MONDAY, "closes": ""}, **{"hours-back": "1"}))
    assert "Not read yet: look at the rows." in wrong
    assert "Give the time at which it closes" in wrong
    assert not Venue.objects.exists()


def test_every_button_comes_back_to_the_rows_and_enter_saves(coordinator: Person) -> None:
    page = coordinator.get("/staff/venues/new/").content.decode()
    assert 'id="hours"' in page
    assert page.count('formaction="#hours"') == page.count('name="hours-drop"') + 3
    assert page.index('aria-hidden="true">Save</button>') < page.index('name="hours-drop"')


def test_words_without_rows_are_answered_in_our_words(coordinator: Person) -> None:
    answer = coordinator.get("/staff/directory/hours-in-words/")
    assert answer.json()["words"] == "The rows did not arrive. Open this page again."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Mon & Wed 9.30 til 12", 'value="09:30"'),
        ("whenever we feel like it", "We cannot read these words"),
        ("", "We cannot read these words"),
    ],
)
def test_the_venues_own_words_fill_the_rows_to_be_looked_at(coordinator: Person, words: str, said: str) -> None:
    page = saved(coordinator, "/staff/venues/new/", rows(hours_text=words, **{"hours-read": "1"}))
    assert said in page
    assert RED_BAR not in page
    assert ("It would read: Mondays and Wednesdays 9:30am to 12 noon" in page) is bool(words.startswith("Mon"))
    assert not Venue.objects.exists()


def test_hours_that_no_row_makes_stay_until_they_are_replaced(coordinator: Person) -> None:
    venue = make_venue(opening_hours="Mo[5] 10:00-12:00")
    path = f"/staff/venues/edit/{venue.pk}/"
    page = coordinator.get(path).content.decode()
    assert "These hours do not fit into rows" in page
    assert "Mo[5]" not in page
    saved(coordinator, path, rows())
    assert Venue.objects.get().opening_hours == "Mo[5] 10:00-12:00"
    saved(coordinator, path, rows(**{"hours-replace": "on"}))
    assert Venue.objects.get().opening_hours == ""
