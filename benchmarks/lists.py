"""What a page of a long list costs at its start and far down: begun behind a row, and beside it by OFFSET."""

from benchmarks.lists_at import DEPTH, LISTS, ROWS
from benchmarks.measure import Row
from benchmarks.rehearsal import Rehearsal, on_each_database

ROUNDS = 9


def rows() -> list[Row]:
    """On every database there is."""
    return on_each_database("benchmarks.lists_at", {ROWS: []}, lambda at: _figures(at[ROWS]), rounds=ROUNDS)


def _figures(at: Rehearsal) -> list[Row]:
    def ratio(one: str, another: str) -> str:
        return f"{at.milliseconds(one) / at.milliseconds(another):.2f}"

    def each(*works: str) -> str:
        return " · ".join(f"{at.milliseconds(work):.1f}" for work in works) + " ms"

    found = [
        Row(
            f"the page of what people say at row {DEPTH:,} of {ROWS:,} : the first",
            ratio("page far", "page first"),
            f"{each('page first', 'page far')}, "
            f"{at.facts['queries first']:.0f} · {at.facts['queries far']:.0f} queries, nothing kept ready; aim at most 1.5",
        )
    ]
    for what in LISTS:
        first, far, back, offset = (f"{what} {where}" for where in ("first", "far", "back", "offset"))
        how = f"its questions alone: {each(first, far, back, offset)} first, far down, back from there, by OFFSET"
        ratios = " · ".join(ratio(one, first) for one in (far, back, offset))
        found.append(Row(f"{what}: far down, back from there and by OFFSET : the first page", ratios, how))
    return found
