"""Three readers of a calendar find on each day what our own page says."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from engagement.directory.actions import (
    add_note,
    cancel_session,
    change_activity,
    keep_school_break,
    move_session,
    restore_session,
)
from engagement.directory.feeds.calendar import changed_at, sequence
from engagement.directory.hours.school_year import Season
from engagement.directory.models import Schedule, SchoolBreak
from tests.engagement.directory.feeds.readers import agree, read_again, written
from tests.factories.directory import make_activity, make_venue, the_schedule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday_noon")]


def test_three_readers_agree_over_two_years_of_changes() -> None:
    other = make_venue("Other Hall")
    activity = make_activity(skips_bank_holidays=True, recurrence="FREQ=WEEKLY;BYDAY=MO,WE")
    schedule = the_schedule(activity)
    cancel_session(schedule=schedule, on=date(2026, 12, 2), reason="boiler; broken, again", by=None)
    cancel_session(schedule=schedule, on=date(2026, 10, 26), reason="", by=None)
    add_note(schedule=schedule, on=date(2026, 12, 9), reason="Bring a cup", by=None)
    half_four = {"starts_at": time(16, 30), "ends_at": time(18, 0), "reason": "", "by": None}
    move_session(schedule=schedule, on=date(2026, 12, 16), to_on=date(2026, 12, 17), venue=other, **half_four)  # type: ignore[arg-type]
    move_session(schedule=schedule, on=date(2027, 3, 29 - 5), to_on=date(2027, 4, 1), **half_four)  # type: ignore[arg-type]
    restore_session(schedule=schedule, on=date(2026, 10, 26), by=None)
    told = agree(read_again(schedule))
    assert [one[0] for one in told if one[2]] == [datetime(2026, 12, 2, 11, 30, tzinfo=UTC)]
    assert (
        datetime(2026, 12, 17, 16, 30, tzinfo=UTC),
        datetime(2026, 12, 17, 18, 0, tzinfo=UTC),
        False,
        "Other Hall",
    ) in told
    assert datetime(2026, 8, 31, 10, 30, tzinfo=UTC) not in [one[0] for one in told]
    assert len(told) > 190


@pytest.mark.parametrize("season", [Season.TERM_TIME, Season.SCHOOL_HOLIDAYS])
def test_three_readers_agree_about_the_school_year(season: Season) -> None:
    for first, last in ((date(2026, 2, 16), date(2026, 2, 20)), (date(2026, 7, 20), date(2026, 9, 1))):
        keep_school_break(school_break=SchoolBreak(name="Holiday", first_on=first, last_on=last), by=None)
    schools = SchoolBreak.objects.year()
    schedule = the_schedule(make_activity(season=season))
    told = agree(read_again(schedule), schools)
    assert len(told) == (104 - 7 - 1 + 1 if season is Season.TERM_TIME else 7)


def test_a_night_on_which_the_clocks_change_is_told_by_itself() -> None:
    schedule = the_schedule(make_activity(recurrence="FREQ=WEEKLY;BYDAY=SA", starts_at=time(22, 0), ends_at=time(3, 0)))
    told = agree(read_again(schedule))
    lengths = {ends - starts for starts, ends, _, _ in told}
    assert lengths == {timedelta(hours=4), timedelta(hours=5), timedelta(hours=6)}


def test_what_happens_once_has_no_rule_and_stays_when_it_is_off() -> None:
    schedule = the_schedule(make_activity(recurrence="", starts_on=date(2026, 12, 5), ends_at=None))
    cancel_session(schedule=schedule, on=date(2026, 12, 5), reason="", by=None)
    agree(read_again(schedule))
    content = written(read_again(schedule)).decode()
    assert "RRULE:FREQ=WEEKLY" not in content
    assert content.count("STATUS:CANCELLED") == 1
    assert "DTEND" not in content


def test_something_without_a_time_or_over_long_ago_is_in_no_calendar() -> None:
    make_activity(recurrence="", starts_on=None, starts_at=None, ends_at=None)
    make_activity(
        "Old", recurrence="FREQ=WEEKLY;BYDAY=MO;UNTIL=20200101", starts_on=date(2019, 1, 1), venue=make_venue("A")
    )
    make_activity("Once", recurrence="", starts_on=date(2019, 1, 1), venue=make_venue("B"))
    content = written(*Schedule.objects.for_calendars())
    assert b"VEVENT" not in content


def test_the_end_of_a_rule_is_the_end_of_its_last_day_in_world_time() -> None:
    schedule = the_schedule(make_activity(recurrence="FREQ=WEEKLY;BYDAY=WE;UNTIL=20260624"))
    told = agree(read_again(schedule))
    assert told[-1][0] == datetime(2026, 6, 24, 10, 30, tzinfo=UTC)
    assert b"UNTIL=20260624T225959Z" in written(read_again(schedule))


def test_a_change_and_its_undoing_each_raise_the_sequence_and_leave_no_date_behind() -> None:
    schedule = the_schedule(make_activity())
    counted = [sequence(read_again(schedule))]
    before = written(read_again(schedule))
    for _ in range(2):
        cancel_session(schedule=schedule, on=date(2026, 12, 2), reason="", by=None)
        counted.append(sequence(read_again(schedule)))
        restore_session(schedule=schedule, on=date(2026, 12, 2), by=None)
        counted.append(sequence(read_again(schedule)))
    assert counted == sorted(set(counted))
    assert b"RECURRENCE-ID" not in written(read_again(schedule))
    assert before != written(read_again(schedule))
    change_activity(activity=schedule.activity, by=None, cost="£2")
    assert sequence(read_again(schedule)) > counted[-1]


def test_the_same_data_is_the_same_bytes_and_every_line_is_folded() -> None:
    words = "Soup; bread, butter\\jam “and” \n a very long line about ćevapčići and pączki " * 4
    activity = make_activity(description=words)
    schedule = read_again(the_schedule(activity))
    content = written(schedule)
    assert content == written(read_again(schedule))
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    read: Any = next(iter(Calendar.from_ical(content).walk("VEVENT")))
    assert str(read["DESCRIPTION"]).startswith(words[:250])
    assert read["LAST-MODIFIED"].dt == changed_at(schedule).replace(microsecond=0)
    assert str(read["UID"]) == f"{schedule.public_id}@localhost"
