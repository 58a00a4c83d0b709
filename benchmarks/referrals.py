"""What the queue costs at 100 referrals and at 100,000, mostly finished as they would be and all of them open."""

from benchmarks.measure import Row
from benchmarks.referrals_at import LOOKS, OPENED, TABS
from benchmarks.rehearsal import Rehearsal, on_each_database

FEW, MANY, MOST = 100, 10_000, 100_000
ROUNDS = 7
ALL_OPEN = f"{MOST:,}, all open"
PAGES = tuple(tab or "open" for tab in TABS)
FOUND = ("name", "first name", "phone", "reference", "nickname")


def rows() -> list[Row]:
    """On every database there is; sizes take turns, so that a slow moment of the machine hits all alike."""
    sizes: dict[str, list[str]] = {f"{size:,}": [str(size)] for size in (FEW, MANY, MOST)}
    sizes[ALL_OPEN] = [str(MOST), "open"]
    return on_each_database("benchmarks.referrals_at", sizes, _figures, rounds=ROUNDS)


def _figures(at: dict[str, Rehearsal]) -> list[Row]:
    few, most, all_open = at[f"{FEW:,}"], at[f"{MOST:,}"], at[ALL_OPEN]
    tabs, sizes = ", ".join(PAGES), " · ".join(at)

    def ratios(kind: str, many: Rehearsal) -> str:
        return " · ".join(
            f"{many.milliseconds(f'{kind} {page}') / few.milliseconds(f'{kind} {page}'):.2f}" for page in PAGES
        )

    def each(work: str, form: str = "{:.1f}") -> str:
        return " · ".join(form.format(rehearsal.milliseconds(work)) for rehearsal in at.values())

    def queries(rehearsal: Rehearsal) -> str:
        return " · ".join(f"{rehearsal.facts[f'queries {page}']:.0f}" for page in PAGES)

    return [
        Row(f"a page of the queue, {MOST:,} : {FEW:,}", ratios("page", most), f"{tabs}; aim at most 2"),
        Row(f"a page of the queue, {ALL_OPEN} : {FEW:,}", ratios("page", all_open), f"{tabs}; aim at most 2"),
        Row(f"its questions alone, {MOST:,} : {FEW:,}", ratios("rows", most), f"{tabs}; nothing drawn"),
        Row(f"its questions alone, {ALL_OPEN} : {FEW:,}", ratios("rows", all_open), f"{tabs}; nothing drawn"),
        Row(f"queries of a page at {FEW:,}", queries(few), tabs),
        Row(f"queries of a page at {MOST:,}", queries(most), tabs),
        Row(f"queries of a page at {ALL_OPEN}", queries(all_open), tabs),
        Row("a page of the queue", each("page open") + " ms", sizes),
        Row("the page half-way down what is finished", each("deep") + " ms", f"{sizes}; nothing drawn"),
        Row(f"{OPENED} rows opened", each("opened") + " ms", f"{sizes}; the keys and all answers of each"),
        *(Row(f"found by {what}", each(f"find {what}", "{:.2f}") + " ms", sizes) for what in FOUND),
        Row(
            "a look written for good", each("look", "{:.2f}") + " ms", f"{sizes}; mean of {LOOKS}, one after the other"
        ),
        Row("filling", " · ".join(f"{rehearsal.facts['filled']:.1f}" for rehearsal in at.values()) + " s", sizes),
    ]
