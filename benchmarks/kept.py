"""Public pages that are kept ready: beside hello world of the same server, the same page drawn anew, and others' caches."""

import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import partial
from http import HTTPStatus
from pathlib import Path

from benchmarks.load import Answers, get, header, load
from benchmarks.measure import Figure, Row, measured_in_turn
from benchmarks.peers import environment, stock_site
from benchmarks.servers import THREADS, asking_side, granian, gunicorn, server
from benchmarks.village import PROXY, village

HELLO = "benchmarks.peers.hello:application"
PAGES = {
    "the home page": "/",
    "warm spaces": "/warm-spaces/",
    "a venue": "/venues/horden-youth-and-community-centre/",
    "the news": "/news/",
}
ROUNDS, SECONDS, LINES = 7, 0.7, 8
# Whoever brings a cookie gets no kept page, and the answer is not kept.
DRAWN_ANEW = {"cookie": "seen=1"}


def rows() -> list[Row]:
    """All of them answer in turn, each round half a second or so, over eight lines."""
    with tempfile.TemporaryDirectory(prefix="together-bench-") as scratch, village() as ours, ExitStack() as stack:
        stock = Path(scratch) / "stock"
        stock_site.fill(stock)
        python = environment.python()
        start = stack.enter_context
        here = start(server(granian(), ours, path="/healthz"))
        hello = start(server(granian(HELLO), {}))
        other_hello = start(server(gunicorn(HELLO, python=python), {}))
        peers = {
            name: start(server(granian(stock_site.APPLICATION, python=python), stock_site.surroundings(stock, cache)))
            for name, cache in stock_site.CACHES.items()
        }
        start(asking_side())
        works = {"hello": asks(hello), "hello of gunicorn": asks(other_hello)}
        works |= {name: asks(port) for name, port in peers.items()}
        for name, path in PAGES.items():
            works |= {f"{name}, {way}": work for way, work in _ways(here, path).items()}
        return _rows(measured_in_turn(works, rounds=ROUNDS), _own_share(hello))


def asks(
    port: int, path: str = "/", *, headers: Mapping[str, str] = PROXY, status: int = HTTPStatus.OK
) -> Callable[[], float]:
    """A way to measure one address: answers a second. RuntimeError where any is not as it should be."""

    def measured() -> float:
        answers = load(port, [get(path, **headers)], lines=LINES, seconds=SECONDS)
        if answers.others_than(status):
            raise RuntimeError(f"{path} answered {dict(answers.statuses)}, and {answers.broken} lines broke")
        return answers.per_second

    return measured


def _ways(port: int, path: str) -> dict[str, Callable[[], float]]:
    """One page plain, packed, known already, and drawn anew."""
    once = partial(load, port, lines=1, count=1)
    first: Answers = once([get(path, **PROXY)])
    known = header(first.first.get(HTTPStatus.OK, b""), "ETag")
    return {
        "plain": asks(port, path),
        "packed": asks(port, path, headers={**PROXY, "accept_encoding": "gzip, deflate, br"}),
        "known": asks(port, path, headers={**PROXY, "if_none_match": known}, status=HTTPStatus.NOT_MODIFIED),
        "anew": asks(port, path, headers={**PROXY, **DRAWN_ANEW}),
    }


def _own_share(port: int) -> float:
    answers = load(port, [get("/")], lines=LINES, seconds=SECONDS)
    return answers.own_share


def _rows(taken: dict[str, Figure], own_share: float) -> list[Row]:
    hello = taken["hello"]
    how = f"granian, the same flags; {LINES} lines at once; median of {ROUNDS} rounds in turn, least and most of them"
    found = [
        Row(
            "Hello world", f"{hello.median:,.0f} a second", f"{how}; whoever asks took {own_share:.0%} of another core"
        ),
        Row(
            "gunicorn’s threads : granian",
            taken["hello of gunicorn"].beside(hello).told(),
            f"hello world; {THREADS} threads each",
        ),
    ]
    for name in PAGES:
        page = {way: taken[f"{name}, {way}"] for way in ("plain", "packed", "known", "anew")}
        title = name[0].upper() + name[1:]
        found += [
            Row(f"{title}, kept : hello world", page["plain"].beside(hello).told(), "not packed; aim 0.9"),
            Row(f"{title}, kept packed : hello world", page["packed"].beside(hello).told(), "brotli; aim 0.85"),
            Row(f"{title}, known already : hello world", page["known"].beside(hello).told(), "304; aim 1"),
            Row(
                f"{title}, kept : drawn anew",
                page["plain"].beside(page["anew"]).told("{:.0f}"),
                f"{page['anew'].median:.0f} a second drawn anew; aim 50",
            ),
        ]
    for name in stock_site.CACHES:
        found.append(
            Row(f"Stock page, {name} : hello world", taken[name].beside(hello).told("{:.3f}"), "twenty blocks; granian")
        )
    best = max((name for name, cache in stock_site.CACHES.items() if cache), key=lambda name: taken[name].median)
    found.append(
        Row(
            "Our home page, kept : the fastest of these",
            taken["the home page, plain"].beside(taken[best]).told(),
            best,
        )
    )
    return found
