"""What the map costs at 217 comments, a village's own, and at 12,714, 100,000 and 1,000,000, on each database."""

from benchmarks.comment_map_at import WRITTEN, ZOOMS
from benchmarks.measure import Row
from benchmarks.rehearsal import Rehearsal, on_each_database

SIZES = (217, 12_714, 100_000, 1_000_000)
ROUNDS = 7
KINDS = {"all": "everything", "theme": "one theme", "feeling": "one feeling"}
AT_ZOOMS = f"zoom {', '.join(map(str, ZOOMS))}"


def rows() -> list[Row]:
    """Every size on every database there is; sizes take turns, so that a slow moment of the machine hits all alike."""
    return on_each_database("benchmarks.comment_map_at", {size: [str(size)] for size in SIZES}, _figures, rounds=ROUNDS)


def _figures(at: dict[int, Rehearsal]) -> list[Row]:
    *_, many, most = at
    found = []
    for kind, words in KINDS.items():
        answer, counts = f"answer {kind}", f"counts {kind}"
        found += [
            Row(
                f"a view of {words}, {most:,} : {many:,}",
                _ratios(at[most], answer, at[many], answer, "{:.2f}"),
                f"{AT_ZOOMS}; questions, drawing, columns and packing; aim at most 2",
            ),
        ]
        found += [
            Row(
                f"a view of {words} at {size:,}",
                f"{_by_zoom(rehearsal, answer, '{:.1f}')} ms",
                f"{AT_ZOOMS}; of which the counts {_by_zoom(rehearsal, counts, '{:.2f}')} ms",
            )
            for size, rehearsal in at.items()
        ]
    grouped = Row(
        f"grouping rows : counts, at {most:,}",
        " · ".join(
            f"{at[most].milliseconds(f'rows {zoom}') / at[most].milliseconds(f'counts all {zoom}'):.0f}"
            for zoom in ZOOMS
        ),
        f"{AT_ZOOMS}; the questions alone; rows from an index that has all they need; aim 50 where many are in view",
    )
    return [*found, grouped, *_others(at)]


def _by_zoom(rehearsal: Rehearsal, work: str, form: str) -> str:
    return " · ".join(form.format(rehearsal.milliseconds(f"{work} {zoom}")) for zoom in ZOOMS)


def _ratios(one: Rehearsal, work: str, other: Rehearsal, beside: str, form: str) -> str:
    return " · ".join(
        form.format(one.milliseconds(f"{work} {zoom}") / other.milliseconds(f"{beside} {zoom}")) for zoom in ZOOMS
    )


def _others(at: dict[int, Rehearsal]) -> list[Row]:
    def each(work: str, form: str = "{:.1f}") -> str:
        return " · ".join(form.format(rehearsal.milliseconds(work)) for rehearsal in at.values())

    def longest(kind: str) -> str:
        return " · ".join(
            f"{max(value for name, value in rehearsal.facts.items() if name.startswith(kind)) / 1000:.1f}"
            for rehearsal in at.values()
        )

    def facts(name: str, form: str) -> str:
        return " · ".join(form.format(rehearsal.facts[name]) for rehearsal in at.values())

    sizes = " · ".join(f"{size:,}" for size in at)
    how_written = f"{sizes}; mean of {WRITTEN} in one transaction, median of {ROUNDS} rounds"
    counted = [rehearsal.milliseconds("kept") - rehearsal.milliseconds("stored") for rehearsal in at.values()]
    return [
        Row(
            "a view of those with one word in them",
            each("answer words") + " ms",
            f"{sizes}; zoom 16, every row looked at",
        ),
        Row(
            "longest answer in columns", longest("columns") + " kB", f"{sizes}; packed, zooms 9 to 19; aim 2 kB at 217"
        ),
        Row("longest answer in GeoJSON", longest("geojson") + " kB", f"{sizes}; packed, zooms 9 to 19; aim 20 kB"),
        Row("storing a published comment", each("stored", "{:.2f}") + " ms", how_written),
        Row("counting it too", " · ".join(f"{value:.2f}" for value in counted) + " ms more", how_written),
        Row("the list’s first page", each("list") + " ms", sizes),
        Row("the desk, what is to be read", each("desk to read") + " ms", f"{sizes}; 25 rows with all they show"),
        Row("the desk, first page of what is published", each("desk first") + " ms", sizes),
        Row("the desk, the page half-way down", each("desk deep") + " ms", sizes),
        Row("search for near-duplicates", each("alike") + " ms", f"{sizes}; in the middle of the village"),
        Row(
            "counting all from scratch",
            facts("rebuilt", "{:.1f}") + " s",
            f"{sizes}; with {facts('squares', '{:,.0f}')} squares",
        ),
    ]
