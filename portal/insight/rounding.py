"""What may be published of a figure: counts of people to the nearest five, and nothing from which a small one comes out.

Three things keep small numbers in. A count is rounded by itself, and a total of what is shown is what the shown numbers come
to. Where somebody who knew the exact total could still tell that one of its parts is one to four, none of them is shown. And
the times that figures are published of are quarters, and financial years that are nothing but their four quarters added up,
so that no time less another is a few days. Tested against a reader who tries everything that fits.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from portal.insight.arithmetic import percent_of
from portal.insight.periods import Period, financial_year, quarter
from portal.insight.table import ERASED, Cell, Column, Table
from portal.small_numbers import SMALLEST, is_small

BASE = 5
# Nothing else is ever published, whatever is counted. These are told of a quarter, and a year is their four quarters.
BY_QUARTER: tuple[str, ...] = (
    "referrals_by_month",
    "referrals_by_source",
    "routes_in",
    "first_contact",
    "outcomes",
    "signposts",
    "repeat_and_reopened",
    "waiting",
    "comments_by_feeling",
    "comments_by_theme",
    "comments_by_place",
    "comments_came_by",
    "sessions_held",
    "newspaper_circulation",
    "directory_freshness",
)
# One person is in these for several quarters, so they are told of a financial year alone.
BY_YEAR: tuple[str, ...] = ("distance_travelled", "survey_stars")
PUBLISHED: tuple[str, ...] = BY_QUARTER + BY_YEAR
# How things stand on one day, of which those of a year are not the sum of its quarters.
STANDING = frozenset({"waiting", "directory_freshness"})
# A share of fewer than this would be far off once both numbers are rounded.
SHARE_FROM = 30
# A mean to one decimal of so many fits any number near by, so it gives no count away.
MEAN_FROM = 15
DAYS_FROM = 10
ROUNDED = "Counts of people are to the nearest five, so they need not add up, and 0 can be none, one or two."
SHARES = "A share is of the numbers shown here, added up."
WITHHELD = "Some numbers are not shown, so that nobody can be picked out of them."


class NotPublic(ValueError):
    """This figure, or figures of this time, are not published."""


def quarters_of(period: Period) -> tuple[Period, ...]:
    """The four quarters that a financial year is told by; of any other time none."""
    if not _is_a_year(period):
        return ()
    year = period.begins_on.year
    return quarter(year, 2), quarter(year, 3), quarter(year, 4), quarter(year + 1, 1)


def public_tables(period: Period, tables: Sequence[Table], quarters: Sequence[Sequence[Table]] = ()) -> list[Table]:
    """All that everybody may see of the figures of a time; of a financial year `quarters` are the exact ones of its four.

    Nothing of any other time.
    """
    if _is_a_quarter(period):
        return [published(table) for table in tables if table.name in BY_QUARTER]
    if not _is_a_year(period):
        return []
    by_name = [{table.name: table for table in some} for some in quarters]
    return [
        published_year(table, [some[table.name] for some in by_name]) for table in tables if table.name in BY_QUARTER
    ] + [published(table) for table in tables if table.name in BY_YEAR]


def published(table: Table) -> Table:
    """What everybody may see of a figure of one quarter, or of one that is told by the year. Raises NotPublic."""
    if table.name not in PUBLISHED:
        raise NotPublic(f"{table.name} is not published.")
    if not _of_people(table):
        return table
    rows = [dict(zip(_names(table), row, strict=True)) for row in _folded(table)]
    hidden = {(part.row, part.column) for parts in _parts(table, rows) if _gives_away(parts) for part in parts}
    shown = [_rounded_row(table, row, {name for at, name in hidden if at == number}) for number, row in enumerate(rows)]
    n = table.n if table.counts_things or table.n is None else _rounded(table.n)
    if table.fewest and (n or 0) <= table.fewest:
        shown = []
    return _finished(table, shown, n, _rounded_gone(table))


def published_year(whole: Table, quarters: Sequence[Table]) -> Table:
    """What everybody may see of a financial year: what they may see of its quarters, added up.

    What is no count of people, such as a number of days, is that of the whole year; where it is not told of a quarter, it is
    not told of the year, so that the other quarters do not tell it.
    """
    if not quarters:
        raise NotPublic(f"{whole.name} is told of a year by its quarters, and there are none.")
    if whole.name in STANDING:
        return published(quarters[-1])
    parts = [published(one) for one in quarters]
    added: dict[Cell, dict[str, Any]] = {}
    untold = {(row[0], one.name) for part in parts for row in part.rows for one in _untold(part, row)}
    exact = {row[0]: dict(zip(_names(whole), row, strict=True)) for row in whole.rows}
    for row in (dict(zip(_names(part), cells, strict=True)) for part in parts for cells in part.rows):
        key = row[whole.columns[0].name]
        mine = added.setdefault(key, {**dict.fromkeys(row, 0), **{whole.columns[0].name: key}})
        for column in _of_people(whole):
            mine[column.name] = _plus(mine[column.name], row[column.name])
    for key, row in added.items():
        theirs = exact.get(key, {})
        for one in whole.columns[1:]:
            if one not in _of_people(whole):
                row[one.name] = None if (key, one.name) in untold else theirs.get(one.name)
    n = whole.n if whole.counts_things else sum(part.n or 0 for part in parts)
    return _finished(whole, _in_order(whole, list(added.values())), n, sum(part.gone for part in parts))


def _untold(table: Table, row: Sequence[Cell]) -> list[Column]:
    """Counts of things that are not told of this row, for they would tell of people."""
    return [one for one in table.columns if one.beside and row[table.place(one.name)] is None]


def _finished(table: Table, rows: list[dict[str, Any]], n: int | None, gone: int) -> Table:
    """The table with shares, means and days where there are enough, and a word about what was done to it.

    Its own notes were made for exact numbers, and are left out.
    """
    for row in rows:
        row |= {one.name: None for one in table.columns if one.beside and not row[one.beside] and _is_known(table, row)}
    shares = [one.name for one in table.columns if one.kind in {"percent", "mean", "days"}]
    bare = replace(
        table, rows=_made(table, [row | dict.fromkeys(shares) for row in rows]), n=n, notes=(), base=BASE, gone=gone
    )
    for row, cells in zip(rows, bare.rows, strict=True):
        counts = {column.name: row[column.name] for column in table.columns if column.kind == "count"}
        for column in table.columns:
            row[column.name] = _shown(column, row[column.name], bare.whole_of(column, cells), counts)
    made = _made(table, rows)
    has_shares = any(
        one.kind == "percent" and not one.of and any(row[one.name] for row in rows) for one in table.columns
    )
    withholds = any(None in bare.known(row, [*_of_people(bare), *_untold(bare, row)]) for row in made)
    notes = (ROUNDED, SHARES if has_shares else "", WITHHELD if withholds else "")
    return replace(bare, rows=made, notes=tuple(filter(None, notes)))


def _is_known(table: Table, row: Mapping[str, Any]) -> bool:
    return bool(row[table.columns[0].name] != ERASED)


def _made(table: Table, rows: Sequence[Mapping[str, Any]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(row[name] for name in _names(table)) for row in rows)


def _shown(column: Column, cell: Cell, out_of: int | None, counts: Mapping[str, int | None]) -> Cell:
    if column.kind not in {"percent", "mean", "days"}:
        return cell
    least = {"percent": SHARE_FROM, "mean": MEAN_FROM, "days": DAYS_FROM}[column.kind]
    if out_of is None or out_of < least:
        return None
    if column.kind != "percent":
        return cell
    part = counts[column.part] if column.part else None
    return None if part is None or part > out_of else percent_of(part, out_of)


def _rounded_row(table: Table, row: Mapping[str, Any], hidden: set[str]) -> dict[str, Any]:
    """One row with its counts rounded; a total of other columns is what they come to."""
    people = {column.name for column in _of_people(table)}
    shown = {
        name: (None if name in hidden or cell is None else _rounded(cell)) if name in people else cell
        for name, cell in row.items()
    }
    for one in table.sums:
        if one.whole in people and all(row[name] is not None for name in one.parts):
            parts = [shown[name] for name in one.parts]
            shown[one.whole] = None if None in parts else sum(map(_number, parts))
    return shown


def _rounded_gone(table: Table) -> int:
    """How many nobody knows any more; none where few enough that they could be one to four, whatever else is known."""
    gone = _rounded(table.gone)
    return gone if gone > BASE else 0


def _rounded(count: int) -> int:
    return (count + BASE // 2) // BASE * BASE


def _folded(table: Table) -> Iterator[tuple[Cell, ...]]:
    """The rows, with those that would read nought said together with the rest: that they have a row would tell of them."""
    if not table.rest:
        yield from table.rows
        return
    place = next(number for number, column in enumerate(table.columns) if column.adds_up)
    few = [row for row in table.rows if row[0] not in {*table.always, table.rest} and not _rounded(_number(row[place]))]
    for row in table.rows:
        if row[0] == table.rest:
            more = sum(_number(one[place]) for one in few)
            yield tuple(_number(cell) + more if number == place else cell for number, cell in enumerate(row))
        elif row not in few:
            yield row


class Part(NamedTuple):
    """One count among those that come to a total; `is_known` of one that other tables tell of too."""

    row: int
    column: str
    number: int
    is_known: bool = False


def _parts(table: Table, rows: Sequence[Mapping[str, Any]]) -> Iterator[list[Part]]:
    """Every set of counts that come to a total which other tables tell of: in each row, and over all rows."""
    people = {column.name for column in _of_people(table)}
    down: list[Part] = []
    for number, row in enumerate(rows):
        is_known = not _is_known(table, row)
        split = {one.whole: one.parts for one in table.sums if None not in [row[name] for name in one.parts]}
        yield [Part(number, name, row[name]) for name in _atoms("", split) if name]
        for column in table.columns:
            if column.adds_up and column.name in people:
                names = _atoms(column.name, split)
                down += [Part(number, name, row[name], is_known) for name in names if row[name] is not None]
    yield down


def _atoms(whole: str, split: Mapping[str, Sequence[str]]) -> list[str]:
    """What a count is made of, down to what is not made of anything else."""
    return [name for part in split[whole] for name in _atoms(part, split)] if whole in split else [whole]


def _gives_away(parts: Sequence[Part]) -> bool:
    """Whether somebody who knows the exact total could tell that one of the parts is one to four.

    A part is safe when it could be none, for the others can be so much more, or five, for the others can be so much less.
    """
    more = [0 if part.is_known else _rounded(part.number) + BASE // 2 - part.number for part in parts]
    less = [0 if part.is_known else part.number - max(_rounded(part.number) - BASE // 2, 0) for part in parts]
    for number, part in enumerate(parts):
        if is_small(part.number):
            could_be_none = not _rounded(part.number) and sum(more) - more[number] >= part.number
            could_be_five = bool(_rounded(part.number)) and sum(less) - less[number] >= SMALLEST - part.number
            if not (could_be_none or could_be_five):
                return True
    return False


def _in_order(table: Table, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As the year has them; what the quarters show beside comes where the rest stands."""
    order = {row[0]: number for number, row in enumerate(table.rows)}
    first = table.columns[0].name
    return sorted(rows, key=lambda row: order.get(row[first], order.get(table.rest, len(order)) - 0.5))


def _of_people(table: Table) -> list[Column]:
    return [column for column in table.columns if column.kind == "count" and not column.of_things]


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def _number(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _plus(one: Cell, other: Cell) -> Cell:
    """Two counts together; not shown where one of them is not."""
    return None if one is None or other is None else _number(one) + _number(other)


def _is_a_quarter(period: Period) -> bool:
    return period == quarter(period.begins_on.year, (period.begins_on.month + 2) // 3)


def _is_a_year(period: Period) -> bool:
    return period == financial_year(period.begins_on.year)
