"""What a report's figures cost at a village's numbers, and at 100,000 requests for help and 1,000,000 comments."""

from benchmarks.insight_at import TIMES
from benchmarks.measure import Row
from benchmarks.rehearsal import Rehearsal, on_each_database

FEW, MOST = (1_000, 10_000), (100_000, 1_000_000)
ROUNDS = 3


def rows() -> list[Row]:
    """On every database there is; sizes take turns, so that a slow moment of the machine hits all alike."""
    sizes = {size: [str(count) for count in size] for size in (FEW, MOST)}
    return on_each_database("benchmarks.insight_at", sizes, _figures, rounds=ROUNDS)


def _figures(at: dict[tuple[int, int], Rehearsal]) -> list[Row]:
    few, most = at[FEW], at[MOST]
    sizes = " · ".join(f"{requests:,} requests and {comments:,} comments" for requests, comments in at)
    found = []
    for time in TIMES:
        each = " · ".join(f"{rehearsal.milliseconds(time) / 1000:.2f}" for rehearsal in at.values())
        asked = " · ".join(f"{rehearsal.facts[f'queries {time}']:.0f}" for rehearsal in at.values())
        ratio = f"{most.milliseconds(time) / few.milliseconds(time):.1f}"
        found.append(Row(f"every figure of {time}, most : few", ratio, f"{each} s, {asked} queries; aim: seconds"))
    filled = " · ".join(f"{rehearsal.facts['filled']:.0f}" for rehearsal in at.values())
    return [*found, Row("filling", f"{filled} s", f"{sizes}, spread over seven years; generate_volume")]
