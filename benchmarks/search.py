"""What a search of 100,000 comments costs beside the scan that it replaced, and what the index costs whoever writes."""

from statistics import median

from benchmarks.measure import Row
from benchmarks.rehearsal import Rehearsal, on_each_database
from benchmarks.search_at import AT_ONCE, WORDS

SIZE = 100_000
ROUNDS = 7


def rows() -> list[Row]:
    """Every database there is."""
    return on_each_database("benchmarks.search_at", {SIZE: [str(SIZE)]}, lambda at: _figures(at[SIZE]), rounds=ROUNDS)


def _figures(at: Rehearsal) -> list[Row]:
    found = []
    for kind in WORDS:
        for work, words in (("page", "the newest 26"), ("count", "how many")):
            ratios = [one[f"index {work} {kind}"] / one[f"scan {work} {kind}"] for one in at.rounds]
            index, scan = (at.milliseconds(f"{way} {work} {kind}") for way in ("index", "scan"))
            found.append(
                Row(
                    f"search for {kind}, {words} : a scan for the same",
                    f"{median(ratios):.4f} ({min(ratios):.4f} to {max(ratios):.4f})",
                    f"{index:.2f} : {scan:.2f} ms; {at.facts[f'found {kind}']:,.0f} of {SIZE:,} comments",
                )
            )
    return [
        *found,
        Row(
            "filling with an index : without",
            f"{at.facts['filled with'] / at.facts['filled without']:.2f}",
            f"{AT_ONCE:,} comments at once, median of 3 in turn; aim at most 1.33",
        ),
        Row(f"laying the index over {SIZE:,}", f"{at.facts['laid']:.1f} s", "what the migration takes"),
    ]
