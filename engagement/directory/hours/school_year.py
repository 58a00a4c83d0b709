"""The school year: when the schools of the area are on holiday, as far as their council has said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Season(StrEnum):
    """In which part of the school year something happens."""

    ALL_YEAR = "all_year"
    TERM_TIME = "term_time"
    SCHOOL_HOLIDAYS = "school_holidays"


@dataclass(frozen=True)
class SchoolYear:
    """The school holidays in order, each from its first to its last day; after the last of them nobody knows."""

    breaks: tuple[tuple[date, date], ...] = ()

    @property
    def known_until(self) -> date | None:
        return max((last for _, last in self.breaks), default=None)

    def knows(self, day: date) -> bool:
        """Whether anybody has said what this day is; days before the first holiday are past and count as known."""
        until = self.known_until
        return until is not None and day <= until

    def is_holiday(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.breaks)

    def allows(self, season: Season, day: date) -> bool:
        """Whether something of this season happens on a day.

        On a day of which nobody has said whether it is a school holiday, what keeps to the term still happens.
        """
        if season is Season.ALL_YEAR:
            return True
        return self.is_holiday(day) is (season is Season.SCHOOL_HOLIDAYS)


def school_year(breaks: Iterable[tuple[date, date]]) -> SchoolYear:
    """The holidays in order, whatever order they were given in."""
    return SchoolYear(tuple(sorted(breaks)))


NO_SCHOOLS = SchoolYear()  # nobody has said anything
