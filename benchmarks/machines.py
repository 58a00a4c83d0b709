"""Beyond one machine: PostgreSQL and Redis with one web process and with two, a worker for each, on pages drawn anew."""

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks.databases import databases
from benchmarks.kept import DRAWN_ANEW
from benchmarks.load import get, load
from benchmarks.measure import Row, measured_in_turn
from benchmarks.servers import granian, server
from benchmarks.village import PROXY, as_production, fill, run, working
from tests.rehearsal.machines import redis_server

ROUNDS, SECONDS, LINES = 9, 2.0, 8
PAGES = {"the home page": "/", "warm spaces": "/warm-spaces/", "what’s on": "/whats-on/"}


def rows() -> list[Row]:
    """One and two take turns under the same eight lines."""
    cores = os.cpu_count() or 1
    with tempfile.TemporaryDirectory(prefix="together-bench-") as scratch, databases() as known, ExitStack() as stack:
        if "PostgreSQL" not in known or shutil.which("redis-server") is None:
            return [Row("Two web processes : one", "not measured", "PostgreSQL or Redis is not installed")]
        folder = Path(scratch) / "var"
        database = known["PostgreSQL"](0)
        fill(**{**database, "VAR_DIR": str(folder)})
        cache = stack.enter_context(redis_server(Path(scratch)))
        shared = as_production(folder, DATABASE_URL=database["DATABASE_URL"], CACHE_URL=cache)
        run("manage.py", "collectstatic", "--noinput", "--verbosity=0", **shared)
        ports = []
        for _ in range(2):
            ports.append(stack.enter_context(server(granian(), shared, path="/healthz", is_alone=False)))
            stack.enter_context(working(shared))
        works = {}
        for name, path in PAGES.items():
            works[f"{name}, one"] = _asks(ports[:1], path)
            works[f"{name}, two"] = _asks(ports, path)
        taken = measured_in_turn(works, rounds=ROUNDS)
        alone = load(ports[0], [get("/", **DRAWN_ANEW, **PROXY)], lines=1, seconds=SECONDS)
    how = (
        f"drawn anew, {LINES} lines, {SECONDS:.0f} s a round, {ROUNDS} rounds in turn; whoever asks, PostgreSQL, Redis and two "
        f"workers share the {cores} cores; aim 1.6 where there are cores for all of them"
    )
    found = []
    for name in PAGES:
        one, two = taken[f"{name}, one"], taken[f"{name}, two"]
        each = f"{one.median:.0f} · {two.median:.0f} a second"
        title = name[0].upper() + name[1:]
        found.append(Row(f"{title}: two web processes : one", two.beside(one).told(), f"{each}; {how}"))
    wait = f"median {alone.median * 1000:.1f} ms over one line"
    return [*found, Row("Whoever asks", f"{alone.own_share:.0%} of a core", wait)]


def _asks(ports: Sequence[int], path: str) -> Callable[[], float]:
    def measured() -> float:
        answers = load(ports, [get(path, **DRAWN_ANEW, **PROXY)], lines=LINES, seconds=SECONDS)
        if answers.others_than(200):
            raise RuntimeError(f"{path} answered {dict(answers.statuses)}, and {answers.broken} lines broke")
        return answers.per_second

    return measured
