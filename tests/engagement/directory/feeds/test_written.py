"""What was written ahead for calendars is what would be written now, whatever somebody did to the directory."""

from collections.abc import Callable
from datetime import date, time

import pytest

from engagement.directory.actions import (
    add_note,
    add_or_update_venue,
    cancel_session,
    change_activity,
    keep_school_break,
    move_session,
    restore_session,
)
from engagement.directory.actions.coming import work_out_all
from engagement.directory.feeds import written
from engagement.directory.hours.school_year import Season
from engagement.directory.models import Activity, CalendarText, Schedule, SchoolBreak, Venue
from portal import clock
from tests.factories.directory import make_activity, make_venue, the_schedule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]
ON = date(2026, 12, 2)


@pytest.fixture
def soup() -> Activity:
    other = make_venue("Other Hall")
    make_activity("Bingo", venue=other)
    soup = make_activity(season=Season.TERM_TIME.value)
    move_session(
        schedule=the_schedule(soup), on=date(2026, 12, 9), to_on=date(2026, 12, 10), starts_at=time(9), ends_at=time(10),
        venue=other, reason="", by=None,
    )  # fmt: skip
    return soup


def fed() -> bytes:
    return b"".join(written.texts(Schedule.objects.listed(), clock.now().date(), SchoolBreak.objects.year()))


DEEDS: dict[str, Callable[[Activity], object]] = {
    "nothing": lambda soup: None,
    "off": lambda soup: cancel_session(schedule=the_schedule(soup), on=ON, reason="no heat", by=None),
    "a note": lambda soup: add_note(schedule=the_schedule(soup), on=ON, reason="Bring a cup", by=None),
    "taken back": lambda soup: restore_session(schedule=the_schedule(soup), on=date(2026, 12, 9), by=None),
    "its name": lambda soup: change_activity(activity=soup, by=None, name="Broth"),
    "its words, past every action": lambda soup: Activity.objects.update(phone="0191 000 0000"),
    "its place's name": lambda soup: add_or_update_venue(venue=Venue.objects.get(slug="lantern-hall"), by=None, name="New"),
    "the name of where a date was moved to": lambda soup: Venue.objects.filter(slug="other-hall").update(name="New"),
    "another place": lambda soup: Schedule.objects.update(venue=Venue.objects.get(slug="other-hall")),
    "the school year": lambda soup: keep_school_break(
        school_break=SchoolBreak(name="Snow", first_on=ON, last_on=date(2026, 12, 8)), by=None
    ),
}  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS.keys())
def test_whatever_somebody_does_a_calendar_says_so_at_once(soup: Activity, deed: Callable[[Activity], object]) -> None:
    deed(soup)
    said = fed()
    CalendarText.objects.all().delete()
    assert said == fed()
    assert said.count(b"BEGIN:VEVENT") >= 2


def test_what_was_written_ahead_is_not_written_again(soup: Activity, monkeypatch: pytest.MonkeyPatch) -> None:
    said = fed()
    cancel_session(schedule=the_schedule(soup), on=ON, reason="", by=None)
    assert fed() != said
    Venue.objects.update(name="New")
    work_out_all(clock.now())
    monkeypatch.delattr(written, "events")
    assert b"New" in fed()


def test_a_new_year_is_another_calendar(soup: Activity) -> None:
    schools, chosen = SchoolBreak.objects.year(), Schedule.objects.listed()
    assert b"DTSTART;TZID=Europe/London:2026" in fed()
    later = b"".join(written.texts(chosen, date(2028, 1, 1), schools))
    assert b"DTSTART;TZID=Europe/London:2026" not in later
    assert b"DTSTART;TZID=Europe/London:2027" in later
