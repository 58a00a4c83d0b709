"""Staff keep groups and whom to ask there, note that they heard from one, and take the board away as a spreadsheet."""

import csv
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.directory.models import Contact, Organisation
from portal.audit.models import AuditEvent
from tests.conftest import Person
from tests.factories.directory import make_activity, make_venue
from tests.factories.organisations import make_contact, make_group

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]

BOARD, SHEET = "/staff/directory/strengths/", "/staff/directory/strengths.csv"
GROUP = {"name": "Pit Lane Boxing Club", "kind": "club", "is_listed": "on"}


def saved(person: Person, path: str, **data: object) -> str:
    answer = person.post(path, data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_group_is_added_and_changed_with_one_line_of_history_each(coordinator: Person) -> None:
    saved(coordinator, "/staff/organisations/new/", **GROUP)
    group = Organisation.objects.get()
    assert group.slug == "pit-lane-boxing-club"
    saved(coordinator, f"/staff/organisations/edit/{group.pk}/", **GROUP, who_for="anybody")
    saved(coordinator, f"/staff/organisations/edit/{group.pk}/", **GROUP, who_for="anybody")
    done = AuditEvent.objects.about(group).newest_first()
    assert [event.action for event in done] == ["directory.change_organisation", "directory.add_organisation"]
    assert done[0].detail["fields"] == ["who_for"]


def test_somebody_to_ask_needs_a_number_or_an_address(coordinator: Person) -> None:
    group = make_group()
    page = saved(coordinator, "/staff/contacts/new/", organisation=group.pk, name="Joan Miller")
    assert "Give a phone number or an e-mail address." in page
    saved(coordinator, "/staff/contacts/new/", organisation=group.pk, name="Joan Miller", phone="0191 000 0000")
    contact = Contact.objects.get()
    assert (contact.is_public, contact.noted_by) == (False, coordinator.user)
    saved(coordinator, f"/staff/contacts/delete/{contact.pk}/")
    assert not Contact.objects.exists()
    assert AuditEvent.objects.about(group).newest_first()[0].action == "directory.remove_contact"


def test_heard_from_today_is_one_press(coordinator: Person) -> None:
    group = make_group()
    assert "Pit Lane Boxing Club: last heard from today." in saved(coordinator, f"{BOARD}{group.pk}/heard/")
    group.refresh_from_db()
    assert group.heard_on == date(2026, 11, 25)
    assert AuditEvent.objects.about(group).newest_first()[0].action == "directory.heard_from"
    assert coordinator.get(f"{BOARD}{group.pk}/heard/").status_code == 405


def test_the_board_says_who_runs_what_and_has_the_longest_unheard_first(coordinator: Person) -> None:
    boxing = make_group(heard_on=date(2026, 11, 3))
    make_group("Knit and natter", heard_on=date(2026, 3, 3))
    make_group("Allotments", is_listed=False)
    make_activity("Boxing", organisation=boxing, venue=make_venue("The Old Gym"))
    page = coordinator.get(BOARD).content.decode()
    assert page.index("Allotments") < page.index("Knit and natter") < page.index("Pit Lane Boxing Club")
    for words in ("The Old Gym", "3 November 2026", "Never", "not listed"):
        assert words in page
    assert "Allotments" not in coordinator.get(f"{BOARD}?q=pit").content.decode()


def test_the_spreadsheet_runs_no_formula(coordinator: Person) -> None:
    make_group("=1+1", who_for="@SUM(A1)", heard_on=date(2026, 11, 3))
    answer = coordinator.get(SHEET)
    (line,) = csv.DictReader(answer.content.decode("utf-8-sig").splitlines())
    assert (line["name"], line["for whom"], line["last heard from"]) == ("'=1+1", "'@SUM(A1)", "2026-11-03")


@pytest.mark.parametrize("path", [BOARD, SHEET])
def test_the_board_is_for_those_who_keep_the_directory(
    path: str, stranger: Person, navigator: Person, partner: Person
) -> None:
    assert stranger.get(path).status_code == 302
    assert navigator.get(path).status_code == 403
    assert partner.get(path).status_code == 403


def test_nobody_else_says_that_we_heard_from_a_group(stranger: Person, editor: Person) -> None:
    group = make_group()
    assert stranger.post(f"{BOARD}{group.pk}/heard/").status_code == 302
    assert editor.post(f"{BOARD}{group.pk}/heard/").status_code == 403
    group.refresh_from_db()
    assert group.heard_on is None


@pytest.mark.parametrize("path", [BOARD, SHEET, "/staff/contacts/", "/staff/organisations/"])
def test_a_page_costs_the_same_for_any_number_of_groups(path: str, coordinator: Person) -> None:
    make_contact(make_group("Warm up"))
    coordinator.get(path)
    counts = []
    for number in range(3):
        with CaptureQueriesContext(connection) as asked:
            coordinator.get(path)
        counts.append(len(asked))
        group = make_group(f"Group {number}")
        make_contact(group)
        make_activity(f"Activity {number}", organisation=group, venue=make_venue(f"Hall {number}", organisation=group))
    assert len(set(counts[1:])) == 1


def test_a_group_is_called_a_group_and_heard_from_on_a_day_that_was(coordinator: Person) -> None:
    data = {"name": "Bread and Roses", "kind": "group", "is_listed": "on"}
    wrong = coordinator.post("/staff/organisations/new/", {**data, "heard_on": "2026-11-26"}).content.decode()
    assert "This day is still to come." in wrong
    page = coordinator.post(
        "/staff/organisations/new/", {**data, "heard_on": "2026-11-25"}, follow=True
    ).content.decode()
    assert "Group &#x27;Bread and Roses&#x27; created." in page
    assert "25 November 2026" in page
    assert "Just now" not in page
