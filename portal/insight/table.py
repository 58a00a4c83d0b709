"""The one shape of every figure: a table that says what it counts, of how many, and that is refused where it cannot be true."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any, Literal, get_args

from portal.insight.arithmetic import percent_of, possible, possible_mean

Kind = Literal["text", "count", "percent", "days", "mean", "month"]
# A month is its first day; a percentage is a whole number; None is "not shown", which is not nought.
Cell = str | int | float | date | None

_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
NOT_SHOWN, NOT_KNOWN = "not shown", "not known"
# The row of those of whom a number is all that is kept.
ERASED = "Erased since, not known any more"


class CannotBe(ValueError):
    """A figure that cannot be true; says which and why in a sentence."""


@dataclass(frozen=True)
class Column:
    """One column; `name` is stable, for programs read it.

    `of` names the count of the same row that a percentage, mean or number of days is out of; without it that is the
    table's n. `part` names the count that a percentage is the share of. What `adds_up` comes to the table's n over all rows.
    Counts `of_things`, such as meetings or copies, are about nobody; one that tells that there is somebody in the count that
    it stands `beside` is not published where that reads nought.
    """

    name: str
    title: str
    kind: Kind
    of: str = ""
    part: str = ""
    adds_up: bool = False
    of_things: bool = False
    beside: str = ""


@dataclass(frozen=True)
class Sum:
    """In each row these counts come to that one, or to the table's n where `whole` names none."""

    parts: tuple[str, ...]
    whole: str = ""


@dataclass(frozen=True)
class Table:
    """A figure; `name` is stable, `definition` says plainly what is counted, from what and when, `n` how many it is about.

    Counts of people in what is published are multiples of `base` and need not add up any more; exact ones have the base 1.
    Tables `about` the same are ways to share out the same n. Small numbers can be said together in the row named `rest`,
    but for the rows that are shown `always`. Its n counts what `counted` says, such as "answers". Of `gone` more nobody knows
    any more whether they belong to it. Where it is about fewer than `fewest`, it has no rows.
    """

    name: str
    title: str
    definition: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    n: int | None
    notes: tuple[str, ...] = ()
    sums: tuple[Sum, ...] = ()
    base: int = 1
    about: str = ""
    rest: str = ""
    always: tuple[str, ...] = ()
    counted: str = ""
    gone: int = 0
    fewest: int = 0

    def __post_init__(self) -> None:
        for reason in _wrong_shape(self):
            raise CannotBe(f"{self.name}: {reason}")
        for reason in _cannot_be(self):
            raise CannotBe(f"{self.name}: {reason}")

    def column(self, name: str) -> Column:
        return self.columns[self.place(name)]

    def place(self, name: str) -> int:
        """Where in a row the column of this name stands."""
        return [column.name for column in self.columns].index(name)

    def cells(self, name: str) -> list[Cell]:
        """Everything in one column, from the top."""
        place = self.place(name)
        return [row[place] for row in self.rows]

    def unknown(self, row: Sequence[Cell]) -> set[str]:
        """The columns in which nobody knows this row: of those erased since, their number is kept and not what it is made of."""
        return {name for one in self.sums for name in one.parts} if row[0] == ERASED else set()

    def known(self, row: Sequence[Cell], columns: Iterable[Column]) -> list[Cell]:
        """What a row has in those of these columns in which it is known: a None there is a number that is not shown."""
        unknown = self.unknown(row)
        return [row[self.place(column.name)] for column in columns if column.name not in unknown]

    def whole_of(self, column: Column, row: Sequence[Cell]) -> int | None:
        """What a share, mean or number of days in this row is out of; None where that is not known.

        Rounded numbers come to another n, so a share is there of what the shown numbers come to, and all of them to 100.
        """
        if column.of:
            return _whole([row[self.place(column.of)]])
        if self.base == 1 or not column.part:
            return self.n
        if self.column(column.part).adds_up:
            return _whole(self.cells(column.part))
        parts = self.parts_of_n()
        return _whole([row[self.place(name)] for name in parts]) if column.part in parts else self.n

    def parts_of_n(self) -> tuple[str, ...]:
        """The counts that come to n in each row, down to what is not made of others; none where there are no such."""
        split = {one.whole: one.parts for one in self.sums}
        names = split.get("", ())
        while any(name in split for name in names):
            names = tuple(part for name in names for part in split.get(name, (name,)))
        return names

    def to_json(self) -> dict[str, Any]:
        """Plain values, as JSON keeps them; the same table gives the same ones."""
        return {
            "name": self.name,
            "title": self.title,
            "definition": self.definition,
            "columns": [vars(column) for column in self.columns],
            "rows": [[cell.isoformat() if isinstance(cell, date) else cell for cell in row] for row in self.rows],
            "n": self.n,
            "notes": [*self.notes],
            "sums": [{"parts": [*one.parts], "whole": one.whole} for one in self.sums],
            "base": self.base,
            "about": self.about,
            "rest": self.rest,
            "always": [*self.always],
            "counted": self.counted,
            "gone": self.gone,
            "fewest": self.fewest,
        }

    @property
    def counts_things(self) -> bool:
        """Whether its n is of things, and so about nobody."""
        return any(column.adds_up and column.of_things for column in self.columns)

    @property
    def is_n_rounded(self) -> bool:
        return self.base > 1 and not self.counts_things

    @classmethod
    def from_json(cls, values: Any) -> "Table":
        """The table that `to_json` gave, from its values or their text; CannotBe where it is none."""
        try:
            return cls._read(json.loads(values) if isinstance(values, str) else values)
        except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as problem:
            raise CannotBe("These are not the values of a table.") from problem

    @classmethod
    def _read(cls, values: Any) -> "Table":
        columns = tuple(Column(**column) for column in values["columns"])
        return cls(
            name=values["name"],
            title=values["title"],
            definition=values["definition"],
            columns=columns,
            rows=tuple(tuple(_read_row(row, columns)) for row in values["rows"]),
            n=values["n"],
            notes=tuple(values["notes"]),
            sums=tuple(Sum(tuple(one["parts"]), one["whole"]) for one in values["sums"]),
            base=values["base"],
            about=values["about"],
            rest=values["rest"],
            always=tuple(values["always"]),
            # Counts that were made before these were told do not have them.
            counted=values.get("counted", ""),
            gone=values.get("gone", 0),
            fewest=values.get("fewest", 0),
        )


def say(cell: Cell, kind: Kind) -> str:
    """A cell as people read it: "April 2026", "22%", "1,204", "3 days"."""
    if cell is None:
        return NOT_SHOWN
    if isinstance(cell, date):
        return f"{cell:%B} {cell.year}"
    if isinstance(cell, str):
        return cell
    if kind == "percent":
        return f"{cell}%"
    if kind == "days":
        return f"{cell:g} {'day' if cell == 1 else 'days'}"
    return f"{cell:,.1f}" if kind == "mean" else f"{cell:,}"


def _whole(cells: Sequence[Cell]) -> int | None:
    """What these counts come to; None where one of them is not shown."""
    return None if None in cells else sum(cell for cell in cells if isinstance(cell, int))


def _read_row(row: Sequence[Any], columns: Sequence[Column]) -> Iterator[Cell]:
    for cell, column in zip(row, columns, strict=True):
        yield date.fromisoformat(cell) if column.kind == "month" and cell is not None else cell


def _wrong_shape(table: Table) -> Iterator[str]:
    """What is amiss with the names and with the kinds of the cells."""
    names = [column.name for column in table.columns]
    counts = {column.name for column in table.columns if column.kind == "count"}
    if not all(isinstance(name, str) and _NAME.fullmatch(name) for name in (table.name, *names)):
        yield "names are small letters, digits and underscores"
    if len(set(names)) < len(names) or not names:
        yield "every column has a name of its own"
    if not table.title.strip() or not table.definition.strip():
        yield "a figure has a title and says what it counts"
    if any(column.kind not in get_args(Kind) for column in table.columns):
        yield "a column is of a kind that nobody knows"
    named = {name for column in table.columns for name in (column.of, column.part)}
    named |= {name for one in table.sums for name in (*one.parts, one.whole)} | {one.beside for one in table.columns}
    if not named - {""} <= counts:
        yield "it leans on a count that it does not have"
    if table.base < 1 or not (table.n is None or _fits(table.n, "count")):
        yield "n is a number, nought or more"
    for row in table.rows:
        if len(row) != len(names):
            yield "a row has as many cells as there are columns"
        if not all(cell is None or _fits(cell, column.kind) for cell, column in zip(row, table.columns, strict=False)):
            yield f"a cell is not what its column holds: {row}"


def _fits(cell: Any, kind: Kind) -> bool:
    """Whether a cell is a value of this kind; truth is no number, and a share is never above all."""
    if kind == "text":
        return isinstance(cell, str) and bool(cell.strip())
    if kind == "month":
        return isinstance(cell, date) and cell.day == 1
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not isfinite(cell) or cell < 0:
        return False
    if kind in {"count", "percent"}:
        return isinstance(cell, int) and not (kind == "percent" and cell > 100)
    return round(cell, 1) == cell


def _cannot_be(table: Table) -> Iterator[str]:
    """Which of its figures contradict each other; what is not shown contradicts nothing."""
    if any(count % table.base for count in [0 if table.counts_things else table.n or 0, *_people(table)]):
        yield f"counts are multiples of {table.base}"
    for column in table.columns if table.base == 1 else ():
        added = table.cells(column.name) if column.adds_up else []
        if added and table.n is not None and None not in added and sum(added) != table.n:  # type: ignore[arg-type]
            yield f"{column.title}: {sum(added)} together, not {table.n}"  # type: ignore[arg-type]
    for row in table.rows:
        counts = {column.name: cell for column, cell in zip(table.columns, row, strict=True) if column.kind == "count"}
        yield from _sums_of(table, row, counts)
        for column, cell in zip(table.columns, row, strict=True):
            out_of = table.whole_of(column, row)
            if cell is not None and out_of is not None:
                yield from _share_of(column, cell, out_of, counts)  # type: ignore[arg-type]


def _people(table: Table) -> Iterator[int]:
    for place, column in enumerate(table.columns):
        if column.kind == "count" and not column.of_things:
            yield from (row[place] for row in table.rows if row[place] is not None)  # type: ignore[misc]


def _sums_of(table: Table, row: Sequence[Cell], counts: dict[str, Any]) -> Iterator[str]:
    for one in table.sums if table.base == 1 else ():
        parts, whole = [counts[name] for name in one.parts], counts[one.whole] if one.whole else table.n
        if whole is not None and None not in parts and sum(parts) != whole:
            yield f"{row[0]}: {' + '.join(map(str, parts))} is {sum(parts)}, not {whole}"


def _share_of(column: Column, cell: int | float, out_of: int, counts: dict[str, Any]) -> Iterator[str]:
    part = counts[column.part] if column.part else None
    if column.kind == "percent":
        if not possible(cell, out_of):
            yield f"{column.title}: {cell}% cannot be of {out_of}"
        elif part is not None and percent_of(part, out_of) != cell:
            yield f"{column.title}: {part} of {out_of} is not {cell}%"
    elif column.kind == "mean" and not possible_mean(cell, out_of):
        yield f"{column.title}: {cell} cannot be the mean of {out_of}"
    elif column.kind == "days" and not out_of:
        yield f"{column.title}: nobody waited"
