"""Spans of whole days by London's calendar, such as a report is about: a month, a quarter, a financial year. No clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from portal.clock import at, say_whole_date

_A_DAY = timedelta(days=1)
# The financial year of councils and charities begins in this month.
_APRIL = 4


class NoPeriod(ValueError):
    """The days do not make a period; says why in a sentence."""


@dataclass(frozen=True, order=True)
class Period:
    """From one day to another, both included."""

    begins_on: date
    ends_on: date

    def __post_init__(self) -> None:
        if self.ends_on < self.begins_on:
            raise NoPeriod("The last day is before the first one.")
        if not 1900 < self.begins_on.year <= self.ends_on.year < 9999:
            raise NoPeriod("Check the years: they are too far away.")

    @property
    def begins_at(self) -> datetime:
        """Its first moment, as London's clocks show it."""
        return at(self.begins_on, time(0))

    @property
    def ends_at(self) -> datetime:
        """The first moment that is no longer in it: what happened in it was before this."""
        return at(self.ends_on + _A_DAY, time(0))

    def months(self) -> tuple[date, ...]:
        """The first day of every month that it touches, of months in which nothing happened too."""
        return tuple(self._months())

    def _months(self) -> Iterator[date]:
        month = self.begins_on.replace(day=1)
        while month <= self.ends_on:
            yield month
            month = _months_after(month, 1)

    @property
    def is_of_whole_months(self) -> bool:
        return self.begins_on.day == 1 and (self.ends_on + _A_DAY).day == 1

    @property
    def words(self) -> str:
        """How people say it: "April 2026", "April to June 2026", else "3 April 2026 to 2 May 2026"."""
        if not self.is_of_whole_months:
            return f"{say_whole_date(self.begins_on)} to {say_whole_date(self.ends_on)}"
        first, last = self.months()[0], self.months()[-1]
        if first == last:
            return f"{first:%B} {first.year}"
        return f"{first:%B}{'' if first.year == last.year else f' {first.year}'} to {last:%B} {last.year}"

    def __contains__(self, day: date) -> bool:
        return self.begins_on <= day <= self.ends_on


def month_of(day: date) -> Period:
    """The calendar month that a day lies in."""
    return _whole_months(day.replace(day=1), 1)


def quarter(year: int, number: int) -> Period:
    """Three months of a calendar year; `number` goes from 1 (January to March) to 4."""
    if number not in {1, 2, 3, 4}:
        raise NoPeriod("A year has four quarters.")
    return _whole_months(_day(year, 3 * number - 2), 3)


def financial_year(begins_in: int) -> Period:
    """April to March: 2026 is April 2026 to March 2027."""
    return _whole_months(_day(begins_in, _APRIL), 12)


def _day(year: int, month: int) -> date:
    if not 1900 < year < 9998:
        raise NoPeriod("Check the years: they are too far away.")
    return date(year, month, 1)


def _whole_months(first: date, how_many: int) -> Period:
    return Period(first, _months_after(first, how_many) - _A_DAY)


def _months_after(month: date, how_many: int) -> date:
    years, index = divmod(month.month - 1 + how_many, 12)
    return date(month.year + years, index + 1, 1)
