"""Sessions fall where their rule says, by the clock on the wall, over both clock changes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from engagement.directory.recurrence import CODES
from engagement.directory.schedule import Change, Session, occurrences, sessions
from portal.clock import LONDON

EVERY_WEDNESDAY = "FREQ=WEEKLY;BYDAY=WE"


def wednesdays(first: date, last: date, *changes: Change) -> list[Session]:
    return sessions(
        rule=EVERY_WEDNESDAY,
        starts_on=date(2020, 1, 1),
        starts_at=time(11, 30),
        ends_at=time(13, 30),
        changes=changes,
        first=first,
        last=last,
    )


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
        night = sessions(rule="", starts_on=day, starts_at=time(23), ends_at=time(3), changes=[], first=day, last=day)[
            0
        ]
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


def test_without_a_first_day_or_a_time_there_are_no_sessions() -> None:
    for starts_on, starts_at in ((None, time(10)), (date(2026, 1, 1), None)):
        assert not sessions(
            rule="",
            starts_on=starts_on,
            starts_at=starts_at,
            ends_at=None,
            changes=[],
            first=date(2026, 1, 1),
            last=date(2026, 1, 8),
        )


def test_once_is_once() -> None:
    day = date(2026, 11, 25)
    assert occurrences(rule="", starts_on=day, first=day, last=day) == [day]
    assert occurrences(rule="", starts_on=day, first=day + timedelta(days=1), last=date(2027, 1, 1)) == []


def test_the_29th_of_february_comes_in_leap_years_only() -> None:
    found = occurrences(
        rule="FREQ=YEARLY", starts_on=date(2024, 2, 29), first=date(2024, 1, 1), last=date(2032, 12, 31)
    )
    assert found == [date(2024, 2, 29), date(2028, 2, 29), date(2032, 2, 29)]


def test_a_rule_ends_when_it_says() -> None:
    found = occurrences(
        rule="FREQ=WEEKLY;BYDAY=WE;UNTIL=20261125",
        starts_on=date(2026, 11, 4),
        first=date(2026, 11, 20),
        last=date(2026, 12, 31),
    )
    assert found == [date(2026, 11, 25)]


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
    found = occurrences(rule=rule, starts_on=starts_on, first=first, last=last)
    assert found == [moment.date() for moment in counted]
