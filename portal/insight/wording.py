"""Says in a sentence what a chart shows, from its table alone; the same table always gives the same words."""

from collections.abc import Iterator, Sequence
from datetime import date

from portal.insight.table import Cell, Column, Table, say

NOTHING = "Nothing was counted in this time."
ALL_HIDDEN = "The numbers are too small to show."
# So many names are said where several are the largest; more are counted.
MOST_NAMED = 2
MOST_SAID = 3
Pair = tuple[Cell, int | float]


def drawn_columns(table: Table) -> tuple[Column, ...]:
    """What a chart of the table shows: counts that come to a whole together, where any is above nought, else its first number."""
    parts = tuple(table.column(name) for name in table.sums[0].parts) if table.sums else ()
    if any(cell for column in parts for cell in table.cells(column.name)):
        return parts
    for kind in ("count", "percent", "days", "mean"):
        for column in table.columns[1:]:
            if column.kind == kind:
                return (column,)
    return ()


def has_something(table: Table) -> bool:
    """Whether any number of it is above nought."""
    numbers = [place for place, column in enumerate(table.columns) if column.kind not in {"text", "month"}]
    return any(row[place] for row in table.rows for place in numbers)


def is_drawable(table: Table) -> bool:
    """Whether a picture of it says more than a sentence would: two rows and a number above nought."""
    columns = drawn_columns(table)
    if len(table.rows) < 2 or not columns or table.columns[0].kind not in {"text", "month"}:
        return False
    return any(cell for column in columns for cell in table.cells(column.name))


def sentence(table: Table) -> str:
    """What the table shows, plainly."""
    if not table.rows:
        return NOTHING
    columns = drawn_columns(table)
    if not columns:
        return ""
    cells = [cell for row in table.rows for cell in table.known(row, columns)]
    if not any(cells) and None in cells:
        return ALL_HIDDEN
    if not has_something(table):
        return NOTHING
    if len(table.rows) == 1:
        return " ".join(_one_row(table))
    if not any(cells):
        return " ".join(f"{column.title}: 0." for column in columns)
    said = [*_parts(table, columns)] if len(columns) > 1 else [_one_column(table, columns[0])]
    hidden = sum(cell is None for cell in cells)
    if hidden:
        said.append("One number is too small to show." if hidden == 1 else f"{hidden} numbers are too small to show.")
    return " ".join(said)


def _one_row(table: Table) -> Iterator[str]:
    """Each number of the only row."""
    for column, cell in zip(table.columns, table.rows[0], strict=True):
        if column.kind not in {"text", "month"}:
            yield f"{column.title}: {say(cell, column.kind)}."


def _one_column(table: Table, column: Column) -> str:
    pairs = _pairs(table, column)
    if table.columns[0].kind == "month":
        return _over_time(pairs, column)
    return _by_size(pairs, column)


def _over_time(pairs: Sequence[Pair], column: Column) -> str:
    most, least = max(cell for _, cell in pairs), min(cell for _, cell in pairs)
    if most == least:
        return f"{column.title}: {say(most, column.kind)} in each month."
    return (
        f"{column.title}: most in {_names(pairs, most, 'months')} ({say(most, column.kind)}), "
        f"fewest in {_names(pairs, least, 'months')} ({say(least, column.kind)})."
    )


def _by_size(pairs: Sequence[Pair], column: Column) -> str:
    largest_first = sorted((pair for pair in pairs if pair[1]), key=lambda pair: -pair[1])
    names = [f"“{say(name, 'text')}” ({say(cell, column.kind)})" for name, cell in largest_first[:MOST_SAID]]
    first, *others = names
    if not others:
        return f"{column.title}: only {first}."
    more = f", then {' and '.join(others)}"
    return f"{column.title}: most for {first}{more}."


def _parts(table: Table, columns: Sequence[Column]) -> Iterator[str]:
    """For each part of the whole, where it is largest."""
    for column in columns:
        pairs = _pairs(table, column)
        most = max((cell for _, cell in pairs), default=0)
        if most:
            yield f"{column.title}: most for {_names(pairs, most, 'rows')} ({say(most, column.kind)})."


def _pairs(table: Table, column: Column) -> list[Pair]:
    names = [row[0] for row in table.rows]
    return [
        (name, cell)
        for name, cell in zip(names, table.cells(column.name), strict=True)
        if isinstance(cell, int | float) and not isinstance(cell, bool)
    ]


def _names(pairs: Sequence[Pair], value: float, of_them: str) -> str:
    """Who has this value: by name, or how many they are."""
    names = [say(name, "month") if isinstance(name, date) else f"“{name}”" for name, cell in pairs if cell == value]
    return " and ".join(names) if len(names) <= MOST_NAMED else f"{len(names)} {of_them}"
