"""Periods are reckoned in one place, by the calendar, and said as people say them."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.privacy.spans import cutoff, say_setting, say_span

NOON = datetime(2028, 2, 29, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("setting", "value", "before"),
    [
        ("KEEP_IT_DAYS", 0, NOON),
        ("KEEP_IT_DAYS", 29, datetime(2028, 1, 31, 12, tzinfo=UTC)),
        ("KEEP_IT_YEARS", 6, datetime(2022, 2, 28, 12, tzinfo=UTC)),
        ("KEEP_IT_YEARS", 4, datetime(2024, 2, 28, 12, tzinfo=UTC)),
    ],
)
def test_what_began_before_a_moment_is_over(setting: str, value: int, before: datetime) -> None:
    assert cutoff(setting, value, NOON) == before


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(0), "no longer"),
        (timedelta(minutes=10), "10 minutes"),
        (timedelta(minutes=30), "half an hour"),
        (timedelta(hours=1), "an hour"),
        (timedelta(hours=26), "26 hours"),
        (timedelta(days=1), "a day"),
        (timedelta(days=90), "90 days"),
        (timedelta(days=182), "half a year"),
        (timedelta(days=365), "a year"),
        (timedelta(days=1095), "3 years"),
    ],
)
def test_a_span_is_said_in_its_largest_whole_unit(span: timedelta, said: str) -> None:
    assert say_span(span) == said


def test_years_are_said_as_years() -> None:
    assert (say_setting("A_YEARS", 1), say_setting("A_YEARS", 6), say_setting("A_DAYS", 28)) == (
        "a year",
        "6 years",
        "28 days",
    )
