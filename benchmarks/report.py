"""Puts the figures together into `docs/benchmarks.md`."""

import os
import platform
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks import comment_map, directory, newspaper, queries, referrals, serving, starting
from benchmarks.measure import Row

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "benchmarks.md"
PARTS: dict[str, Callable[[], list[Row]]] = {
    "Starting": starting.rows,
    "Serving": serving.rows,
    "Queries": queries.rows,
    "Map": comment_map.rows,
    "Referrals": referrals.rows,
    "Directory": directory.rows,
    "Newspaper": newspaper.rows,
}


def write(*, say: Callable[[str], object], today: date, only: str = "") -> Path:
    """Measure everything, part by part, and write the report; of one part alone, the others stay as they were."""
    lines = [
        "# Benchmarks",
        "",
        "Written by `python3 manage.py bench`. Machines differ and are shared: trust the ratios, whose two sides were",
        "measured in turn in one run, and take single figures as one machine on one day.",
        "",
        f"{today:%-d %B %Y}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}.",
    ]
    before = _parts(REPORT.read_text()) if only and REPORT.exists() else {}
    for title, rows in PARTS.items():
        if only and title != only:
            lines += before.get(title, [])
            continue
        say(f"{title} …")
        lines += ["", f"## {title}", "", "| what | figure | how |", "|---|---|---|"]
        for row in rows():
            say(f"  {row.what}: {row.figure}")
            lines.append(f"| {row.what} | {row.figure} | {row.how} |")
    REPORT.write_text("\n".join(lines) + "\n")
    return REPORT


def _parts(report: str) -> dict[str, list[str]]:
    """The lines of each part of a report that was written before."""
    parts: dict[str, list[str]] = {}
    for part in report.rstrip("\n").split("\n\n## ")[1:]:
        title = part.partition("\n")[0]
        parts[title] = ["", *f"## {part}".split("\n")]
    return parts
