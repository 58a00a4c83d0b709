"""What one small machine does with a page: time beside the plainest answer of the same server, weight, and memory."""

import re
import tempfile
from functools import partial
from pathlib import Path

from benchmarks.measure import Figure, Row, in_turn
from benchmarks.running_demo import RunningDemo, demo

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 60
PAGES = {
    "home page": "/",
    "warm spaces": "/warm-spaces/",
    "what’s on": "/whats-on/",
    "have your say": "/have-your-say/",
    "map data": "/have-your-say/comments.geojson",
    "get help": "/get-help/",
    "the newspaper": "/news/",
}


def rows() -> list[Row]:
    """Each public room beside `/healthz`, the weight of the home page, and the memory of web and worker."""
    with (
        tempfile.TemporaryDirectory(prefix="together-bench-") as scratch,
        demo(ROOT, TOGETHER_ENV="here", VAR_DIR=scratch, DJANGO_SETTINGS_MODULE="portal.settings.dev") as running,
    ):
        works = {name: partial(running.get, path) for name, path in {"alive": "/healthz", **PAGES}.items()}
        taken = in_turn(works, rounds=ROUNDS)
        memory = running.memory_of_children()
        return [*_pages(taken), *_weight(running), *_memory(memory)]


def _pages(taken: dict[str, Figure]) -> list[Row]:
    plain = taken["alive"].median
    return [
        Row(
            f"{name.capitalize()} : plainest answer",
            f"{taken[name].median / plain:.1f}",
            f"drawn anew; median of {ROUNDS} in turn, one connection each; {taken[name].median * 1000:.1f} ms here",
        )
        for name in PAGES
    ]


def _weight(running: RunningDemo) -> list[Row]:
    page = running.get("/")
    parts = set(re.findall(rb'(?:href|src)="(/static/[^"]+\.(?:css|js|svg))"', page))
    total = len(page) + sum(len(running.get(part.decode())) for part in parts)
    how = f"uncompressed, with its {len(parts)} style sheets, scripts and drawings; aim 60 kB"
    return [Row("Weight of the home page", f"{total / 1000:.1f} kB", how)]


def _memory(memory: dict[str, int]) -> list[Row]:
    how = "proportional set size after the rounds above"
    return [Row(f"Memory of {name}", f"{size / 1e6:.0f} MB", how) for name, size in sorted(memory.items())]
