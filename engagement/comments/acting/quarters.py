"""Quarters of a year, as people look back on what was done: "January to March 2026"."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import NamedTuple, Self

from portal.clock import at

_WORDS = ("January to March", "April to June", "July to September", "October to December")
_NAME = re.compile(r"(\d{4})-q([1-4])", re.ASCII)


class Quarter(NamedTuple):
    """Three months of a year; `number` goes from 1 to 4."""

    year: int
    number: int

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The quarter in an address, such as "2026-q1"; None for anything else."""
        found = _NAME.fullmatch(text)
        year = int(found[1]) if found else 0
        return cls(year, int(found[2])) if found and 1900 <= year < 9999 else None

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, (day.month - 1) // 3 + 1)

    @property
    def after(self) -> "Quarter":
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year + 1, 1)

    @property
    def starts(self) -> datetime:
        """Its first moment, in London."""
        return at(date(self.year, 3 * self.number - 2, 1), time(0))

    @property
    def words(self) -> str:
        return f"{_WORDS[self.number - 1]} {self.year}"

    def __str__(self) -> str:
        return f"{self.year}-q{self.number}"


def quarters_between(first: date, last: date) -> Iterator[Quarter]:
    """Every quarter from one day to another, the newest first."""
    every = [Quarter.of(first)]
    while every[-1] < Quarter.of(last):
        every.append(every[-1].after)
    return reversed(every)
