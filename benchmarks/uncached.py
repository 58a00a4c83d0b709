"""Pages that are drawn anew: ours beside the page that `wagtail start` draws of the same twenty blocks."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from benchmarks.kept import DRAWN_ANEW
from benchmarks.load import get, load
from benchmarks.measure import Row, measured_in_turn
from benchmarks.peers import environment, stock_site
from benchmarks.servers import asking_side, granian, server
from benchmarks.village import PROXY, queries, village
from benchmarks.village_at import PAGES

ROUNDS, AT_A_TIME = 15, 12
AIMS = {"the home page": "aim 10 queries", "a page of twenty blocks": "aim 0.6 of the stock page’s time"}


def rows() -> list[Row]:
    """Over one line, so that time is the time of one page; in turn."""
    with tempfile.TemporaryDirectory(prefix="together-bench-") as scratch, village() as ours, ExitStack() as stack:
        folder = Path(scratch) / "stock"
        asked = stock_site.fill(folder)
        words = granian(stock_site.APPLICATION, python=environment.python())
        here = stack.enter_context(server(granian(), ours, path="/healthz"))
        there = stack.enter_context(server(words, stock_site.surroundings(folder)))
        stack.enter_context(asking_side())
        works = {"stock": _takes(there, "/")}
        works |= {name: _takes(here, path, **DRAWN_ANEW, **PROXY) for name, path in PAGES.items()}
        taken = measured_in_turn(works, rounds=ROUNDS)
    stock = taken["stock"]
    how = f"one line, {AT_A_TIME} pages a round, {ROUNDS} rounds in turn; not packed"
    found = [Row("Stock page of twenty blocks", f"{asked} queries, {stock.median * 1000:.1f} ms", how)]
    for name in PAGES:
        page, aim = taken[name], AIMS.get(name, "aim 8 queries")
        found.append(
            Row(
                f"{name[0].upper()}{name[1:]} : stock page",
                page.beside(stock).told(),
                f"{queries()[name]} queries, {page.median * 1000:.1f} ms; {aim}",
            )
        )
    return found


def _takes(port: int, path: str, **headers: str) -> Callable[[], float]:
    """Seconds that one page takes."""

    def measured() -> float:
        answers = load(port, [get(path, **headers)], lines=1, count=AT_A_TIME)
        if answers.others_than(200):
            raise RuntimeError(f"{path} answered {dict(answers.statuses)}")
        return answers.median

    return measured
