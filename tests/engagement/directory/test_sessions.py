"""Sessions fall where their rule says, by the clock on the wall, over both clock changes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from engagement.directory.hours.school_year import SchoolYear, Season
from engagement.directory.recurrence import CODES
from engagement.directory.sessions import Change, Move, Rule, Session, occurrences, sessions
from portal.clock import LONDON

EVERY_WEDNESDAY = "FREQ=WEEKLY;BYDAY=WE"
NINE = time(9)


def wednesdays(first: date, last: date, *changes: Change) -> list[Session]:
    rule = Rule(EVERY_WEDNESDAY, date(2020, 1, 1), time(11, 30), time(13, 30))
    return sessions(rule, changes=changes, first=first, last=last)


@pytest.mark.parametrize(
    ("first", "hours_in_utc"),
    [(date(2026, 3, 24), [11, 10]), (date(2026, 10, 20), [10, 11])],
)
def test_half_past_eleven_stays_half_past_eleven_when_the_clocks_change(first: date, hours_in_utc: list[int]) -> None:
    found = wednesdays(first, first + timedelta(days=13))
    assert [session.starts.astimezone(UTC).hour for session in found] == hours_in_utc
    assert {session.times for session in found} == {"11:30am to 1:30pm"}
    assert {session.starts.tzinfo for session in found} == {LONDON}


def test_a_session_through_the_night_of_the_clock_change_has_its_real_length() -> None:
    for day, hours in ((date(2026, 3, 28), 3), (date(2026, 10, 24), 5), (date(2026, 11, 7), 4)):
        night = sessions(Rule("", day, time(23), time(3)), changes=[], first=day, last=day)[0]
        assert night.ends is not None
        assert (night.ends.astimezone(UTC) - night.starts.astimezone(UTC)) == timedelta(hours=hours)


def test_a_cancelled_date_stays_with_its_reason() -> None:
    change = Change(on=date(2026, 11, 25), is_cancelled=True, reason="boiler broken")
    off, on = wednesdays(date(2026, 11, 25), date(2026, 12, 2), change)
    assert off.is_cancelled
    assert off.change_in_words(date(2026, 11, 22)) == "Not this Wednesday: boiler broken"
    assert not on.is_cancelled
    assert on.change_in_words(date(2026, 11, 22)) == ""


@pytest.mark.parametrize(
    ("today", "reason", "words"),
    [
        (date(2026, 11, 25), "boiler broken", "Not today: boiler broken"),
        (date(2026, 11, 24), "", "Not tomorrow"),
        (date(2026, 11, 19), "ill", "Not this Wednesday: ill"),
        (date(2026, 11, 18), "ill", "Not on Wednesday 25 November: ill"),
    ],
)
def test_the_words_of_a_cancelled_session(today: date, reason: str, words: str) -> None:
    starts = datetime(2026, 11, 25, 11, 30, tzinfo=LONDON)
    assert Session(starts.date(), starts, None, True, reason).change_in_words(today) == words


def test_a_note_is_said_as_it_is() -> None:
    change = Change(on=date(2026, 11, 25), is_cancelled=False, reason="in the small room")
    noted = wednesdays(date(2026, 11, 25), date(2026, 11, 25), change)[0]
    assert not noted.is_cancelled
    assert noted.change_in_words(date(2026, 11, 25)) == "in the small room"


def test_a_session_is_over_at_its_end_or_with_its_day() -> None:
    session = wednesdays(date(2026, 11, 25), date(2026, 11, 25))[0]
    assert not session.is_over(datetime(2026, 11, 25, 13, 29, tzinfo=LONDON))
    assert session.is_over(datetime(2026, 11, 25, 13, 30, tzinfo=LONDON))
    endless = Session(session.on, session.starts, None)
    assert not endless.is_over(datetime(2026, 11, 25, 23, 0, tzinfo=LONDON))
    assert endless.is_over(datetime(2026, 11, 26, 0, 0, tzinfo=LONDON))


def test_without_a_rule_there_are_no_sessions() -> None:
    assert sessions(None, changes=[], first=date(2026, 1, 1), last=date(2026, 1, 8)) == []


def test_once_is_once() -> None:
    day = date(2026, 11, 25)
    assert occurrences(Rule("", day, NINE), first=day, last=day) == [day]
    assert occurrences(Rule("", day, NINE), first=day + timedelta(days=1), last=date(2027, 1, 1)) == []


def test_the_29th_of_february_comes_in_leap_years_only() -> None:
    rule = Rule("FREQ=YEARLY", date(2024, 2, 29), NINE)
    found = occurrences(rule, first=date(2024, 1, 1), last=date(2032, 12, 31))
    assert found == [date(2024, 2, 29), date(2028, 2, 29), date(2032, 2, 29)]


def test_a_rule_ends_when_it_says() -> None:
    rule = Rule("FREQ=WEEKLY;BYDAY=WE;UNTIL=20261125", date(2026, 11, 4), NINE)
    assert occurrences(rule, first=date(2026, 11, 20), last=date(2026, 12, 31)) == [date(2026, 11, 25)]


def test_in_term_time_out_of_it_and_not_on_bank_holidays() -> None:
    schools = SchoolYear(((date(2026, 12, 21), date(2027, 1, 1)),))
    fortnight: dict[str, Any] = {"first": date(2026, 12, 14), "last": date(2026, 12, 31), "schools": schools}
    weekly = Rule("FREQ=WEEKLY;BYDAY=FR", date(2026, 1, 2), NINE)
    assert occurrences(weekly, **fortnight) == [date(2026, 12, 18), date(2026, 12, 25)]
    assert occurrences(replace(weekly, season=Season.TERM_TIME), **fortnight) == [date(2026, 12, 18)]
    assert occurrences(replace(weekly, season=Season.SCHOOL_HOLIDAYS), **fortnight) == [date(2026, 12, 25)]
    assert occurrences(replace(weekly, skips_bank_holidays=True), **fortnight) == [date(2026, 12, 18)]


def test_a_moved_session_is_found_where_it_went_and_only_there() -> None:
    move = Move(date(2026, 11, 27), time(14), time(16), place="Kettle Corner")
    change = Change(date(2026, 11, 25), is_cancelled=False, reason="wedding", moved=move)
    (moved,) = wednesdays(date(2026, 11, 27), date(2026, 11, 27), change)
    assert (moved.on, moved.day, moved.times) == (date(2026, 11, 25), date(2026, 11, 27), "2pm to 4pm")
    said = moved.change_in_words(date(2026, 11, 22))
    assert said == "At Kettle Corner, moved from Wednesday 25 November: wedding"
    assert wednesdays(date(2026, 11, 25), date(2026, 11, 25), change) == []


rules = st.builds(
    lambda pace, interval, days: f"FREQ={pace};INTERVAL={interval};BYDAY={','.join(sorted(days))}",
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]),
    st.integers(1, 3),
    st.sets(st.sampled_from(CODES), min_size=1),
) | st.builds(
    lambda nth, day: f"FREQ=MONTHLY;BYDAY={nth}{day}", st.sampled_from([1, 2, 3, 4, -1]), st.sampled_from(CODES)
)


@given(
    rule=rules,
    starts_on=st.dates(date(2015, 1, 1), date(2026, 1, 1)),
    first=st.dates(date(2015, 1, 1), date(2026, 6, 1)),
    length=st.integers(0, 60),
)
def test_starting_near_the_window_finds_what_counting_from_the_first_day_finds(
    rule: str, starts_on: date, first: date, length: int
) -> None:
    last = first + timedelta(days=length)
    counted = rrulestr(rule, dtstart=datetime.combine(starts_on, time.min)).between(
        datetime.combine(first, time.min), datetime.combine(last, time.min), inc=True
    )
    found = occurrences(Rule(rule, starts_on, NINE), first=first, last=last)
    assert found == [moment.date() for moment in counted]
