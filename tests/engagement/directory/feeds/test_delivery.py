"""A calendar is made anew when what it says has changed, and by nothing else."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement import directory
from engagement.directory.actions import mark_checked
from engagement.directory.feeds import calendars
from engagement.directory.feeds.delivery import TOLD, version
from portal.audit.record import record
from tests.conftest import Person
from tests.factories.directory import make_activity

# What is recorded in the directory and changes no word of a calendar.
QUIET = {
    *("add_venue", "mark_checked", "say_still_right", "ask_whether_right", "change_hours_on", "restore_hours"),
    *("propose_pairs", "say_different", "propose", "send_correction", "settle_correction"),
    *("add_keeper", "end_keeper", "ask_for_link", "join_account", "erase_keeper"),
    *("ask_to_hear", "confirm_hearing", "stop_hearing"),
    *(
        "add_organisation",
        "change_organisation",
        "heard_from",
        "add_contact",
        "change_contact",
        "remove_contact",
    ),
}


def test_of_each_thing_that_is_recorded_somebody_said_whether_calendars_change() -> None:
    sources = [path.read_text() for path in (Path(directory.__file__).parent / "actions").rglob("*.py")]
    found = {name for source in sources for name in re.findall(r'"directory\.([a-z_]+)"', source)}
    told = {name.removeprefix("directory.") for name in TOLD}
    assert found == told | QUIET
    assert not told & QUIET


@pytest.mark.django_db
def test_words_in_an_address_that_nobody_reads_make_nothing_anew(
    resident: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_activity(theme="food")
    for address in ("/whats-on.ics", "/whats-on.ics?theme=food", "/venues/lantern-hall.ics"):
        first = resident.get(address).content
        with monkeypatch.context() as patched:
            patched.delattr(calendars, "texts")
            assert resident.get(f"{address}{'&' if '?' in address else '?'}x=1").content == first
    assert resident.get("/whats-on.ics?theme=company").content != resident.get("/whats-on.ics").content


@pytest.mark.django_db
def test_a_check_and_a_wish_to_hear_leave_calendars_as_they_are(coordinator: Person) -> None:
    activity = make_activity()
    before = version()
    mark_checked(entry=activity, by=coordinator.user)
    record(action="directory.send_correction", by=None, subject=activity)
    assert version() == before
    record(action="directory.change_venue", by=None)
    assert version().number > before.number


@pytest.mark.django_db
def test_the_last_change_is_found_by_the_index() -> None:
    with CaptureQueriesContext(connection) as asked:
        version()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{asked[0]['sql']}")
        plan = str(cursor.fetchall())
    if connection.vendor == "sqlite":
        assert "SCAN" not in plan
        assert plan.count("audit_by_action") == len(TOLD)
