"""Puts the figures together into `docs/benchmarks.md`."""

import os
import platform
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks import comment_map, queries, serving, starting
from benchmarks.measure import Row

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "benchmarks.md"
PARTS: dict[str, Callable[[], list[Row]]] = {
    "Starting": starting.rows,
    "Serving": serving.rows,
    "Queries": queries.rows,
    "Map": comment_map.rows,
}


def write(*, say: Callable[[str], object], today: date) -> Path:
    """Measure everything, part by part, and write the report."""
    lines = [
        "# Benchmarks",
        "",
        "Written by `python3 manage.py bench`. Machines differ and are shared: trust the ratios, whose two sides were",
        "measured in turn in one run, and take single figures as one machine on one day.",
        "",
        f"{today:%-d %B %Y}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}.",
    ]
    for title, rows in PARTS.items():
        say(f"{title} …")
        lines += ["", f"## {title}", "", "| what | figure | how |", "|---|---|---|"]
        for row in rows():
            say(f"  {row.what}: {row.figure}")
            lines.append(f"| {row.what} | {row.figure} | {row.how} |")
    REPORT.write_text("\n".join(lines) + "\n")
    return REPORT
