"""Puts the figures together into `docs/benchmarks.md`."""

import os
import platform
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks import (
    comment_map,
    directory,
    insight,
    kept,
    lists,
    machines,
    newspaper,
    queries,
    referrals,
    search,
    serving,
    soak,
    starting,
    uncached,
    weight,
    writing,
)
from benchmarks.measure import Row

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "benchmarks.md"
PARTS: dict[str, Callable[[], list[Row]]] = {
    "Starting": starting.rows,
    "Serving": serving.rows,
    "Weight": weight.rows,
    "Kept pages": kept.rows,
    "Uncached pages": uncached.rows,
    "Queries": queries.rows,
    "Writing": writing.rows,
    "Two machines": machines.rows,
    "Memory": soak.rows,
    "Map": comment_map.rows,
    "Referrals": referrals.rows,
    "Search": search.rows,
    "Directory": directory.rows,
    "Lists": lists.rows,
    "Newspaper": newspaper.rows,
    "Insight": insight.rows,
}
HEAD = """# Benchmarks

Written by `python3 manage.py bench`, part by part (`--only "Kept pages"`). Machines differ and are shared: trust the ratios,
whose two sides were measured in turn in one run, and take single figures as one machine on one day. In brackets stand the
least and the most of all rounds; another machine of this size should come out between them.
"""


def write(*, say: Callable[[str], object], today: date, only: str = "") -> Path:
    """Measure part by part, and write each into the report as soon as it is measured; the others stay as they were."""
    for title, rows in PARTS.items():
        if only in {"", title}:
            say(f"{title} …")
            _put(title, _measured(rows, say=say, today=today))
    return REPORT


def _measured(rows: Callable[[], list[Row]], *, say: Callable[[str], object], today: date) -> list[str]:
    """The lines of one part: when and where it was measured, and its table."""
    load, begun = os.getloadavg()[0], time.monotonic()
    found = rows()
    minutes = (time.monotonic() - begun) / 60
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
    taken = f"{today:%-d %B %Y}, {machine}. It took {minutes:.1f} minutes; the load before it was {load:.1f}."
    for row in found:
        say(f"  {row.what}: {row.figure}")
    table = [f"| {row.what} | {row.figure} | {row.how} |" for row in found]
    return [taken, "", "| what | figure | how |", "|---|---|---|", *table]


def _put(title: str, lines: list[str]) -> None:
    parts = _parts(REPORT.read_text()) if REPORT.exists() else {}
    parts[title] = lines
    bodies = ("\n".join(["", f"## {name}", "", *parts[name], ""]) for name in PARTS if name in parts)
    REPORT.write_text(HEAD + "".join(bodies))


def _parts(report: str) -> dict[str, list[str]]:
    """The lines of each part of a report that was written before."""
    parts: dict[str, list[str]] = {}
    for part in report.rstrip("\n").split("\n\n## ")[1:]:
        title, _, lines = part.partition("\n\n")
        parts[title] = lines.split("\n")
    return parts
