"""Says in a sentence what a chart shows, from its table alone; the same table always gives the same words."""

from collections.abc import Iterator, Sequence
from datetime import date

from portal.insight.table import Cell, Column, Table, say

NOTHING = "Nothing was counted in this time."
TOO_FEW, TOO_FEW_IN_EACH = "Too few to show, or none.", "Too few in each row to show."
TOO_FEW_TO_COMPARE = "Too few people to compare."
NOBODYS = "–"
# Below this a figure is about few and says so.
ENOUGH = 30
ALL_HIDDEN = "The numbers are too small to show."
# So many names are said; of more that are the largest their number is.
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


def caution(table: Table) -> str:
    """What to bear in mind where it is about few; empty where it is about enough."""
    if table.n is None or not 0 < table.n < ENOUGH:
        return ""
    return f"This is about {table.n} only: one more or less would change it a lot, so take it as a sign and no more."


def how_many(table: Table) -> str:
    """Of how many a figure is: "n = 18.", "Of about 20 requests for help."."""
    words = table.counted or table.about
    if table.n is None:
        return "n is not shown."
    if not words or (table.base == 1 and not table.counts_things):
        return f"n = about {table.n:,}." if table.is_n_rounded else f"n = {table.n:,}."
    if not table.is_n_rounded:
        return f"n = 1 ({words})." if table.n == 1 else f"Of {table.n:,} {words}."
    return f"Of about {table.n:,} {words}." if table.n else f"Of two {words} or fewer."


def cell_words(table: Table, cell: Cell, column: Column) -> str:
    """A cell as people read it; in exact numbers what is missing is a share, mean or middle of nobody."""
    return NOBODYS if cell is None and table.base == 1 else say(cell, column.kind)


def nothing_there(table: Table) -> str:
    """What is said in place of its rows where all of them would be noughts; empty where they are not.

    Only exact numbers can tell none from few.
    """
    if has_something(table):
        return ""
    if table.fewest and (table.n or table.base > 1):
        return TOO_FEW_TO_COMPARE
    if any(None in table.known(row, drawn_columns(table)) for row in table.rows):
        return ALL_HIDDEN
    if table.gone and not table.n:
        about = "about " if table.base > 1 else ""
        were = "request for help of this time was" if table.gone == 1 else "requests for help of this time were"
        return f"Not known any more: {about}{table.gone:,} {were} erased since."
    if table.base == 1 or table.counts_things or not table.rows:
        return NOTHING
    return TOO_FEW_IN_EACH if table.n else TOO_FEW


def may_be_empty(table: Table) -> bool:
    """Whether it is about nobody, as far as its readers may know."""
    return not table.n and nothing_there(table) in {NOTHING, TOO_FEW, TOO_FEW_TO_COMPARE}


def sentence(table: Table) -> str:
    """What the table shows, plainly."""
    if nothing := nothing_there(table):
        return nothing
    columns = drawn_columns(table)
    if not columns:
        return ""
    cells = [cell for row in table.rows for cell in table.known(row, columns)]
    if not any(cells) and None in cells:
        return ALL_HIDDEN
    if len(table.rows) == 1:
        return " ".join(_one_row(table))
    if not any(cells):
        few = "too few to show, or none" if table.is_n_rounded else "0"
        return " ".join(f"{column.title}: {few}." for column in columns)
    said = [*_parts(table, columns)] if len(columns) > 1 else [_one_column(table, columns[0])]
    hidden = sum(cell is None for cell in cells)
    if hidden:
        said.append("One number is too small to show." if hidden == 1 else f"{hidden} numbers are too small to show.")
    return " ".join(said)


def _one_row(table: Table) -> Iterator[str]:
    """Each number of the only row."""
    for column, cell in zip(table.columns, table.rows[0], strict=True):
        if column.kind not in {"text", "month"}:
            yield f"{column.title}: {cell_words(table, cell, column)}."


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
    if len(names) > MOST_SAID:
        return f"{len(names)} of {len(pairs)} {of_them}"
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def column_sentence(table: Table, column: Column) -> str:
    """What one column of the open data holds, for whoever reads it without the others."""
    says = {
        "text": "which of them the line is about",
        "month": "which month the line is about, as year and month",
        "count": "how many" if column.of_things or table.base == 1 else f"how many, to the nearest {table.base}",
        "percent": _per_cent(table, column),
        "days": f"in days, of those counted in “{column.of}”",
        "mean": f"the mean of those counted in “{column.of}”, to one decimal",
    }
    return f"{column.title}: {says[column.kind]}."


def _per_cent(table: Table, column: Column) -> str:
    """Of what a share is so many per cent."""
    what = f"“{column.part}” in per cent of"
    if column.of:
        return f"{what} “{column.of}” in the same line"
    if column.part and table.column(column.part).adds_up:
        return f"{what} all “{column.part}” of the same time, added up"
    parts = table.parts_of_n()
    if column.part in parts and table.base > 1:
        names = [f"“{name}”" for name in parts]
        return f"{what} {', '.join(names[:-1])} and {names[-1]} in the same line, added up"
    return f"{what} “n”"
