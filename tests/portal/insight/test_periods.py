"""Periods are whole days of London's calendar, whatever its clocks do."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.insight.periods import NoPeriod, Period, financial_year, month_of, quarter


def test_a_financial_year_is_april_to_march_with_every_month() -> None:
    year = financial_year(2026)
    assert (year.begins_on, year.ends_on) == (date(2026, 4, 1), date(2027, 3, 31))
    assert len(year.months()) == 12
    assert year.months()[9] == date(2027, 1, 1)
    assert year.words == "April 2026 to March 2027"
    assert year.is_of_whole_months


def test_a_day_in_which_the_clocks_change_is_an_hour_shorter_or_longer() -> None:
    spring, autumn = Period(date(2026, 3, 29), date(2026, 3, 29)), Period(date(2026, 10, 25), date(2026, 10, 25))
    assert spring.ends_at.astimezone(UTC) - spring.begins_at.astimezone(UTC) == timedelta(hours=23)
    assert autumn.ends_at.astimezone(UTC) - autumn.begins_at.astimezone(UTC) == timedelta(hours=25)
    assert month_of(date(2026, 4, 9)).begins_at == datetime(2026, 3, 31, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (month_of(date(2028, 2, 29)), "February 2028"),
        (quarter(2026, 4), "October to December 2026"),
        (Period(date(2026, 12, 1), date(2027, 1, 31)), "December 2026 to January 2027"),
        (Period(date(2026, 4, 3), date(2026, 4, 30)), "3 April 2026 to 30 April 2026"),
    ],
)
def test_periods_are_said_as_people_say_them(period: Period, words: str) -> None:
    assert period.words == words


def test_a_period_has_its_last_day_and_every_month_that_it_touches() -> None:
    assert date(2026, 6, 30) in quarter(2026, 2)
    assert date(2026, 7, 1) not in quarter(2026, 2)
    assert Period(date(2026, 1, 31), date(2026, 3, 1)).months() == (
        date(2026, 1, 1),
        date(2026, 2, 1),
        date(2026, 3, 1),
    )


def test_what_is_no_period_is_refused() -> None:
    with pytest.raises(NoPeriod, match="before the first"):
        Period(date(2026, 4, 2), date(2026, 4, 1))
    for wrong in (lambda: quarter(2026, 5), lambda: financial_year(0), lambda: quarter(9999, 4)):
        with pytest.raises(NoPeriod):
            wrong()
    with pytest.raises(NoPeriod, match="years"):
        Period(date(1, 1, 1), date(2026, 1, 1))
