"""For when a sending may be planned, over both changes of the clocks."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from newsletter.planning import NoSuchMoment, moment_of
from portal.clock import LONDON

NOW = datetime(2026, 10, 20, 12, tzinfo=LONDON)


def refusal(day: date, hour: time, now: datetime = NOW) -> str:
    with pytest.raises(NoSuchMoment) as refused:
        moment_of(day, hour, now=now)
    return str(refused.value)


def test_an_hour_of_london_s_clocks_in_summer_and_in_winter() -> None:
    assert moment_of(date(2026, 10, 24), time(9), now=NOW).astimezone(UTC).hour == 8
    assert moment_of(date(2026, 10, 26), time(9), now=NOW).astimezone(UTC).hour == 9


def test_an_hour_that_comes_twice_is_said() -> None:
    assert refusal(date(2026, 10, 25), time(1, 30)) == (
        "On Sunday 25 October the clocks go back, and 1:30am comes twice. Choose another hour."
    )
    assert moment_of(date(2026, 10, 25), time(2), now=NOW)
    assert moment_of(date(2026, 10, 25), time(0, 59), now=NOW)


def test_an_hour_that_does_not_come_is_said() -> None:
    march = datetime(2027, 3, 20, 12, tzinfo=LONDON)
    assert refusal(date(2027, 3, 28), time(1, 30), march) == (
        "On Sunday 28 March the clocks go forward, and 1:30am does not come. Choose another hour."
    )
    assert moment_of(date(2027, 3, 28), time(2), now=march).astimezone(UTC).hour == 1


def test_what_has_gone_by_and_what_is_too_far_ahead_is_refused() -> None:
    assert "gone by" in refusal(NOW.date(), time(12))
    assert moment_of(NOW.date(), time(12, 1), now=NOW)
    assert "next 60 days" in refusal(NOW.date() + timedelta(days=60), time(14))
    assert moment_of(NOW.date() + timedelta(days=60), time(10), now=NOW)
