"""Times and days are said as people say them."""

from datetime import UTC, date, datetime, time

import pytest

from portal.clock import LONDON, at, say_day, say_moment, say_time, say_times, say_whole_date

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        (time(16), "4pm"),
        (time(11, 30), "11:30am"),
        (time(12), "12 noon"),
        (time(12, 5), "12:05pm"),
        (time(0), "12 midnight"),
        (time(0, 30), "12:30am"),
        (datetime(2026, 11, 22, 9, 0), "9am"),
    ],
)
def test_a_time_is_said_without_needless_noughts(hour: time | datetime, said: str) -> None:
    assert say_time(hour) == said


def test_a_stretch_of_time_with_and_without_an_end() -> None:
    assert say_times(time(11, 30), time(13, 30)) == "11:30am to 1:30pm"
    assert say_times(time(11, 30), None) == "from 11:30am"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 22), "today"),
        (date(2026, 11, 23), "tomorrow"),
        (date(2026, 11, 25), "Wednesday 25 November"),
        (date(2026, 11, 21), "Saturday 21 November"),
        (date(2027, 11, 24), "Wednesday 24 November 2027"),
    ],
)
def test_a_day_is_today_tomorrow_or_has_a_name(day: date, said: str) -> None:
    assert say_day(day, TODAY) == said


def test_an_hour_that_the_clocks_skip_is_the_hour_after() -> None:
    moment = at(date(2026, 3, 29), time(1, 30))
    assert (moment.hour, moment.astimezone(UTC).hour) == (2, 1)


def test_the_same_clock_time_is_another_moment_after_the_clocks_change() -> None:
    assert at(date(2026, 3, 28), time(10)).astimezone(UTC).hour == 10
    assert at(date(2026, 3, 30), time(10)).astimezone(UTC).hour == 9
    assert at(date(2026, 3, 30), time(10)).tzinfo == LONDON


def test_a_moment_and_its_day_are_said_by_londons_clock_in_summer() -> None:
    half_past_eleven = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert say_moment(half_past_eleven) == "1 July 2026, 00:30"
    assert say_whole_date(half_past_eleven) == "1 July 2026"
    assert say_whole_date(date(2026, 6, 30)) == "30 June 2026"
