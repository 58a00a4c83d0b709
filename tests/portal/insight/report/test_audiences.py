"""Which times a report may be about, and what a draft begins with."""

from datetime import date

import pytest

from portal.insight.audiences import Audience, first_figures, offered, offered_to_board, period_of
from portal.insight.periods import NoPeriod, Period, financial_year, quarter
from portal.insight.rounding import public_tables
from tests.factories.insight import by_month, self_share, ways


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2027, 12, 31)])
def test_only_times_that_are_over_and_may_be_published_are_offered(today: date) -> None:
    spans = [one.period for one in offered(today)]
    assert len(spans) == len(set(spans)) == 11
    assert all(span.ends_on < today and public_tables(span, [ways()], [[ways()]] * 4) for span in spans)


def test_the_newest_quarter_comes_first() -> None:
    assert [one.label for one in offered(date(2026, 11, 23))][:2] == ["July to September 2026", "April to June 2026"]
    assert period_of("2026-q3", Audience.RESIDENTS, date(2026, 11, 23)) == quarter(2026, 3)
    assert period_of("2025-year", Audience.FUNDER, date(2026, 11, 23)) == financial_year(2025)


@pytest.mark.parametrize("key", ["2026-10", "2026-so-far", "2026-q4", "2019-q1", "", "x'--"])
def test_other_times_are_refused_but_to_the_board(key: str) -> None:
    with pytest.raises(NoPeriod):
        period_of(key, Audience.FUNDER, date(2026, 11, 23))


def test_the_board_may_ask_for_a_month_and_for_the_year_so_far() -> None:
    today = date(2026, 2, 14)
    assert period_of("2026-01", Audience.BOARD, today) == Period(date(2026, 1, 1), date(2026, 1, 31))
    assert period_of("2025-so-far", Audience.BOARD, today) == Period(date(2025, 4, 1), date(2026, 2, 28))
    assert len({one.key for one in offered_to_board(today)}) == 24


def test_a_draft_begins_with_what_has_something_to_show() -> None:
    tables = [by_month(0, 0, 0), ways(), self_share()]
    assert first_figures(Audience.BOARD, tables) == ["referrals_by_month", "routes_in", "self_share"]
    assert first_figures(Audience.FUNDER, tables) == ["routes_in", "self_share"]
    assert first_figures(Audience.RESIDENTS, [by_month(1, 2, 3), *tables[1:]]) == ["referrals_by_month"]
