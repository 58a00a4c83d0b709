"""Whom a report is for, what a draft for them begins with, and which spans of time each may be about."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from django.db import models

from portal.insight.periods import NoPeriod, Period, financial_year, month_of, quarter
from portal.insight.table import Table
from portal.insight.wording import has_something, is_drawable

APRIL = 4
OFFERED_QUARTERS, OFFERED_YEARS, OFFERED_MONTHS = 8, 3, 12
# The residents' edition is one printed page: so many figures have room on it.
MOST_FOR_RESIDENTS = 4
# What residents asked about first; the first that have something to show are taken.
RESIDENTS_FIRST = (
    "referrals_by_month",
    "comments_by_theme",
    "comments_by_feeling",
    "outcomes",
    "comments_by_place",
    "sessions_held",
    "newspaper_circulation",
    "referrals_by_source",
)


class Audience(models.TextChoices):
    """Whom a report is for."""

    RESIDENTS = "residents", "Residents: one page, on the website and to print"
    FUNDER = "funder", "Funders: everything that may be published"
    BOARD = "board", "The board: exact figures, signed in only"


class Offered(NamedTuple):
    """One span of time in the list of the builder."""

    key: str
    label: str
    period: Period


def offered(today: date) -> Iterator[Offered]:
    """The quarters and financial years that are over, newest first; these alone may be published, so none cuts another in two."""
    for back in range(1, OFFERED_QUARTERS + 1):
        year, number = divmod(today.year * 4 + (today.month - 1) // 3 - back, 4)
        span = quarter(year, number + 1)
        yield Offered(f"{year}-q{number + 1}", span.words, span)
    begun = today.year - (today.month < APRIL)
    for year in range(begun - 1, begun - 1 - OFFERED_YEARS, -1):
        yield Offered(f"{year}-year", f"Financial year {year}/{(year + 1) % 100:02}", financial_year(year))


def offered_to_board(today: date) -> Iterator[Offered]:
    """Months too, and the year so far, with this month."""
    yield from offered(today)
    begun, month = today.year - (today.month < APRIL), month_of(today)
    yield Offered(f"{begun}-so-far", "This financial year so far", Period(date(begun, APRIL, 1), month.ends_on))
    first = month.begins_on
    for _ in range(OFFERED_MONTHS):
        span = month_of(date.fromordinal(first.toordinal() - 1))
        first = span.begins_on
        yield Offered(f"{first:%Y-%m}", span.words, span)


def period_of(key: str, audience: str, today: date) -> Period:
    """The span with this key in what this audience is offered; NoPeriod where it is not."""
    choices = offered_to_board(today) if audience == Audience.BOARD else offered(today)
    for one in choices:
        if one.key == key:
            return one.period
    raise NoPeriod("Only the board's report may be about this time. Choose a quarter or a financial year that is over.")


def first_figures(audience: str, tables: Sequence[Table]) -> list[str]:
    """The names of the figures that a draft begins with, out of those that this audience may see: the board has them all."""
    if audience == Audience.BOARD:
        return [table.name for table in tables]
    if audience == Audience.FUNDER:
        return [table.name for table in tables if has_something(table)]
    drawable = {table.name for table in tables if is_drawable(table)}
    return [name for name in RESIDENTS_FIRST if name in drawable][:MOST_FOR_RESIDENTS]
