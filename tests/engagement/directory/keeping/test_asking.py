"""Somebody is asked at 28, 45, 60 and 90 days, and never twice in a week."""

from datetime import datetime, timedelta

import pytest

from engagement.directory.keeping.asking import is_to_ask, may_write
from portal.clock import LONDON

SURE = datetime(2026, 9, 1, 9, 0, tzinfo=LONDON)


def days(count: float) -> datetime:
    return SURE + timedelta(days=count)


@pytest.mark.parametrize(
    ("age", "asked_at_age", "is_due"),
    [
        (27.9, None, False),
        (28, None, True),
        (35, 28, False),
        (45, 28, True),
        (50, 45, False),
        (60, 45, True),
        (89, 60, False),
        (90, 60, True),
        (400, 90, False),
        (400, None, True),
        (400, -10, True),
    ],
)
def test_at_each_of_the_four_moments_once(age: float, asked_at_age: float | None, is_due: bool) -> None:
    asked = days(asked_at_age) if asked_at_age is not None else None
    assert is_to_ask(SURE, asked, days(age)) is is_due


@pytest.mark.parametrize(("days_ago", "may"), [(None, True), (0, False), (6.9, False), (7, True)])
def test_an_address_rests_for_a_week(days_ago: float | None, may: bool) -> None:
    asked = SURE - timedelta(days=days_ago) if days_ago is not None else None
    assert may_write(asked, SURE) is may
