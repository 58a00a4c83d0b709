"""The numbers of a quarter of a year, made so that nobody can be picked out of them."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median, quantiles
from typing import Any, NamedTuple, Self

from portal.clock import LONDON
from portal.small_numbers import SMALLEST, TooFew, hidden_of, is_small

COLUMNS = ("table", "name", "number")
NOT_SHOWN = "not shown"
TOO_FEW = f"fewer than {SMALLEST}"


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of a year, `number` 1 to 4. Quarters never overlap, so that nobody is the difference between two."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def begun(cls, *, first: date, today: date) -> list[Self]:
        """All from that of one day to that of today, the newest first."""
        start, end = cls.of(min(first, today)), cls.of(today)
        every = (cls(year, number) for year in range(end.year, start.year - 1, -1) for number in (4, 3, 2, 1))
        return [quarter for quarter in every if start <= quarter <= end]

    @property
    def since(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def until(self) -> date:
        last = self.number * 3
        return date(self.year, last, monthrange(self.year, last)[1])

    @property
    def in_words(self) -> str:
        return f"{self.since:%B} to {self.until:%B %Y}"

    def __str__(self) -> str:
        return f"{self.year}-q{self.number}"


class Came(NamedTuple):
    """What is counted of one referral; none of it says who it is about."""

    received_at: datetime
    first_contact_at: datetime | None
    source: str
    came_by: str
    state: str


@dataclass(frozen=True)
class Table:
    """One way of sharing out the total: a number for each name, or None where it is not shown."""

    title: str
    counts: Mapping[str, int | None]


@dataclass(frozen=True)
class Numbers:
    """Everything that is said about a quarter; `total` is None where there are one to four.

    `talked` have had a first talk, half of them after `middle_wait` days and nine of ten after `long_wait`; None where
    that would be about one to four people.
    """

    quarter: Quarter
    total: int | None
    tables: tuple[Table, ...]
    talked: int | None
    middle_wait: float | None
    long_wait: float | None

    def lines(self) -> Iterator[dict[str, Any]]:
        """One line a number, for a spreadsheet; what is not shown says so, and is no number."""
        yield {"table": "from", "name": f"{self.quarter.since:%Y-%m-%d}"}
        yield {"table": "to", "name": f"{self.quarter.until:%Y-%m-%d}"}
        yield {"table": "all", "number": TOO_FEW if self.total is None else self.total}
        for table in self.tables:
            for name, count in table.counts.items():
                yield {"table": table.title, "name": name, "number": NOT_SHOWN if count is None else count}
        if self.talked:
            yield {"table": "first talk", "name": "people we have spoken with", "number": self.talked}
            yield {"table": "first talk", "name": "days until half were", "number": self.middle_wait}
            yield {"table": "first talk", "name": "days until nine of ten were", "number": self.long_wait}


def count_up(came: Iterable[Came], *, quarter: Quarter, words: Mapping[str, Mapping[str, str]]) -> Numbers:
    """Count what came in in a quarter; `words` names each value of "source", "came_by" and "state"."""
    rows = list(came)
    total = None if is_small(len(rows)) else len(rows)
    tables = [_shared_out("month", Counter(f"{row.received_at.astimezone(LONDON):%Y-%m}" for row in rows))]
    for name in ("source", "came_by", "state"):
        counts = Counter(words[name][getattr(row, name)] for row in rows)
        tables.append(_shared_out(name.replace("_", " "), {label: counts[label] for label in words[name].values()}))
    waits = [(row.first_contact_at - row.received_at) / timedelta(days=1) for row in rows if row.first_contact_at]
    # Who was not spoken with is the rest of the total, so both must be enough.
    enough = len(waits) >= SMALLEST and not is_small(len(rows) - len(waits))
    return Numbers(
        quarter=quarter,
        total=total,
        tables=tuple(table for table in tables if table is not None and total),
        talked=len(waits) if enough else None,
        middle_wait=round(median(waits), 1) if enough else None,
        long_wait=round(quantiles(waits, n=10)[-1], 1) if enough else None,
    )


def _shared_out(title: str, counts: Mapping[str, int]) -> Table | None:
    """The table, with what must not be seen hidden; none where even that would tell."""
    try:
        hidden = hidden_of(counts)
    except TooFew:
        return None
    return Table(title, {name: None if name in hidden else count for name, count in counts.items()})
