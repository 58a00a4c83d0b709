"""What the directory costs at 172 places, a region's own, at 9,000, a country's, and at 100,000, on each database."""

from benchmarks.directory_at import SLOW, WORKS
from benchmarks.measure import Row
from benchmarks.rehearsal import Rehearsal, on_each_database

SIZES = (172, 9_000, 100_000)
ROUNDS = 7


def rows() -> list[Row]:
    """Every size on every database there is; sizes take turns, so that a slow moment of the machine hits all alike."""
    return on_each_database("benchmarks.directory_at", {size: [str(size)] for size in SIZES}, _figures, rounds=ROUNDS)


def _figures(at: dict[int, Rehearsal]) -> list[Row]:
    few, many, most = at
    found = []
    for work, words in WORKS.items():
        if not at[few].facts[f"bytes {work}"]:
            found.append(Row(words, "not there yet", "its address does not answer"))
            continue
        ratios = [at[size].milliseconds(work) / at[few].milliseconds(work) for size in (many, most)]
        each = " · ".join(f"{rehearsal.milliseconds(work):.1f}" for rehearsal in at.values())
        asked = " · ".join(f"{rehearsal.facts[f'queries {work}']:.0f}" for rehearsal in at.values())
        once = "; the slowest measured once" if at[most].milliseconds(work) > SLOW * 1000 else ""
        aim = "; aim at most 2 for the first" if work == "open now and near" else ""
        found.append(
            Row(
                f"{words}, {many:,} and {most:,} : {few}",
                " · ".join(f"{ratio:.2f}" for ratio in ratios),
                f"{each} ms, {asked} queries{aim}{once}",
            )
        )
    sizes = " · ".join(f"{size:,}" for size in at)
    filled = " · ".join(f"{rehearsal.facts['filled']:.1f}" for rehearsal in at.values())
    night = " · ".join(f"{rehearsal.facts['night']:.1f}" for rehearsal in at.values())
    longest = " · ".join(f"{rehearsal.facts['bytes map of the country'] / 1000:.1f}" for rehearsal in at.values())
    return [
        *found,
        Row("map of the whole country", f"{longest} kB", f"{sizes}; not packed"),
        Row("filling with made-up places", f"{filled} s", f"{sizes}; generate_volume --venues"),
        Row("working out the coming weeks, each night", f"{night} s", sizes),
    ]
