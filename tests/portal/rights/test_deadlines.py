"""By when somebody is answered, as the Information Commissioner counts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.clock import is_working_day
from portal.rights.deadlines import due_on, months_after


@pytest.mark.parametrize(
    ("came", "due"),
    [
        (date(2026, 9, 3), date(2026, 10, 5)),  # 3 October is a Saturday
        (date(2026, 6, 11), date(2026, 7, 13)),  # 11 July is a Saturday
        (date(2026, 3, 10), date(2026, 4, 10)),
        (date(2026, 1, 30), date(2026, 3, 2)),  # February has 28 days, and the 28th is a Saturday
        (date(2027, 3, 31), date(2027, 4, 30)),
        (date(2026, 11, 25), date(2026, 12, 29)),  # Christmas, a weekend, and Monday in place of Boxing Day
        (date(2027, 2, 26), date(2027, 3, 30)),  # Good Friday to Easter Monday
        (date(2026, 12, 1), date(2027, 1, 4)),  # New Year's Day, and a weekend
    ],
)
def test_a_month_ends_on_the_same_date_or_on_the_next_working_day(came: date, due: date) -> None:
    assert due_on(came) == due


def test_two_months_more_count_from_the_same_day() -> None:
    assert due_on(date(2026, 9, 3), is_extended=True) == date(2026, 12, 3)


def test_days_on_which_we_waited_are_added() -> None:
    assert due_on(date(2026, 3, 10), paused_days=3) == date(2026, 4, 13)


@given(st.dates(date(2026, 1, 1), date(2035, 12, 31)), st.integers(1, 3))
def test_it_is_always_a_working_day_and_never_before_the_month_is_over(came: date, months: int) -> None:
    due = due_on(came, is_extended=months == 3)
    assert is_working_day(due)
    assert due >= months_after(came, 3 if months == 3 else 1)
    assert months_after(came, months).day <= came.day
