"""Two working days, by office hours, bank holidays and the clock on the wall."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.clock import LONDON, is_working_day
from selfreferral.deadlines import due_at, no_day_to_try
from selfreferral.promises import first_contact_due


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (local(2026, 11, 18, 14, 0), local(2026, 11, 20, 14, 0)),  # Wednesday to Friday
        (local(2026, 11, 19, 10, 0), local(2026, 11, 23, 10, 0)),  # over a weekend
        (local(2026, 11, 21, 3, 0), local(2026, 11, 24, 17, 0)),  # at night on a Saturday: it starts on Monday
        (local(2026, 11, 18, 6, 0), local(2026, 11, 19, 17, 0)),  # before we open
        (local(2026, 11, 18, 20, 0), local(2026, 11, 20, 17, 0)),  # after we shut
        (local(2026, 12, 24, 12, 0), local(2026, 12, 30, 12, 0)),  # Christmas, Boxing Day observed on Monday
        (local(2026, 4, 2, 12, 0), local(2026, 4, 8, 12, 0)),  # Good Friday and Easter Monday
        (local(2026, 8, 28, 12, 0), local(2026, 9, 2, 12, 0)),  # the bank holiday that Scotland does not have
        (local(2026, 3, 27, 12, 0), local(2026, 3, 31, 12, 0)),  # the clocks go forward
        (local(2026, 10, 23, 12, 0), local(2026, 10, 27, 12, 0)),  # the clocks go back
    ],
)
def test_two_working_days(received: datetime, due: datetime) -> None:
    assert due_at(received, working_days=2) == due


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (local(2026, 12, 24, 12, 0), local(2026, 12, 29, 12, 0)),  # Christmas Eve, a Thursday
        (local(2026, 12, 24, 18, 0), local(2026, 12, 29, 17, 0)),  # the same, after we shut
        (local(2026, 12, 25, 3, 0), local(2026, 12, 29, 17, 0)),  # in the night of Christmas
        (local(2026, 12, 31, 16, 0), local(2027, 1, 4, 16, 0)),  # over New Year, a Friday
        (local(2027, 12, 24, 10, 0), local(2027, 12, 29, 10, 0)),  # Christmas on a Saturday: Monday and Tuesday instead
        (local(2026, 3, 27, 16, 30), local(2026, 3, 30, 16, 30)),  # over the night when the clocks go forward
        (local(2026, 3, 29, 0, 30), local(2026, 3, 30, 17, 0)),  # just before they do
        (local(2026, 3, 29, 2, 30), local(2026, 3, 30, 17, 0)),  # just after
        (local(2026, 10, 23, 16, 30), local(2026, 10, 26, 16, 30)),  # over the night when they go back
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), local(2026, 10, 26, 17, 0)),  # half past one, for the first time
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), local(2026, 10, 26, 17, 0)),  # and for the second
        (local(2026, 8, 28, 16, 0), local(2026, 9, 1, 16, 0)),  # the August bank holiday
    ],
)
def test_one_working_day_over_christmas_and_clock_changes(received: datetime, due: datetime) -> None:
    assert first_contact_due(received, is_urgent=True) == due


def test_the_days_are_settings(settings: Any) -> None:
    settings.FIRST_CONTACT_DAYS, settings.URGENT_CONTACT_DAYS = 3, 2
    received = local(2026, 11, 16, 14, 0)
    assert first_contact_due(received, is_urgent=False) == local(2026, 11, 19, 14, 0)
    assert first_contact_due(received, is_urgent=True) == local(2026, 11, 18, 14, 0)


def test_urgent_has_one_day() -> None:
    received = local(2026, 11, 18, 14, 0)
    assert first_contact_due(received, is_urgent=True) == local(2026, 11, 19, 14, 0)
    assert first_contact_due(received, is_urgent=False) == local(2026, 11, 20, 14, 0)


def test_a_moment_is_the_same_however_it_is_written() -> None:
    assert due_at(datetime(2026, 7, 1, 9, 0, tzinfo=UTC), working_days=2) == local(2026, 7, 3, 10, 0)


def test_a_closed_day_of_our_own_counts_too() -> None:
    assert due_at(local(2026, 11, 18, 14, 0), working_days=2, closed={date(2026, 11, 19)}) == local(2026, 11, 23, 14, 0)
    assert not is_working_day(date(2026, 11, 21))


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)), st.integers(1, 5))
def test_it_is_always_due_later_and_in_office_hours(received: datetime, days: int) -> None:
    due = due_at(received, working_days=days)
    assert due > received
    assert is_working_day(due.date())
    assert 9 <= due.hour <= 17


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
)
def test_whoever_asks_first_is_due_first(one: datetime, other: datetime) -> None:
    first, second = sorted((one, other))
    assert due_at(first, working_days=2) <= due_at(second, working_days=2)


@pytest.mark.parametrize(
    ("day", "refusal"),
    [
        (date(2026, 11, 17), "The next try must be today or later."),
        (date(2026, 11, 18), ""),
        (date(2027, 11, 18), ""),
        (date(2027, 11, 20), "The next try must be within a year."),
        (date(2099, 1, 1), "The next try must be within a year."),
    ],
)
def test_somebody_is_tried_again_within_a_year(day: date, refusal: str) -> None:
    assert no_day_to_try(day, today=date(2026, 11, 18)) == refusal
