"""How long somebody new waits: a first start in an empty folder with an empty home, and a second one."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import Row
from benchmarks.running_demo import demo

ROOT = Path(__file__).resolve().parent.parent
SECOND_STARTS = 3


def rows() -> list[Row]:
    """First start, second start, and their ratio; the first needs the package registry."""
    with tempfile.TemporaryDirectory(prefix="together-bench-") as scratch:
        folder, home = Path(scratch) / "clone", Path(scratch) / "home"
        home.mkdir()
        _clone(folder)
        python = getattr(sys, "_base_executable", sys.executable)
        surroundings = {"HOME": str(home), "TOGETHER_ENV": "", "VAR_DIR": str(folder / "var")}
        with demo(folder, python=python, **surroundings) as running:
            first = running.seconds_to_home
        again = []
        for _ in range(SECOND_STARTS):
            with demo(folder, python=python, **surroundings) as running:
                again.append(running.seconds_to_home)
    second = sorted(again)[len(again) // 2]
    how = "from typing the command to the home page's last byte; empty folder, empty home, packages from the registry"
    return [
        Row("First start", f"{first:.0f} s", how),
        Row("Second start", f"{second:.1f} s", f"median of {SECOND_STARTS}, same folder"),
        Row("Second start : first start", f"{second / first:.3f}", "both of this run"),
    ]


def _clone(folder: Path) -> None:
    """What git tracks, as a fresh clone would have it, with today's changes."""
    tracked = subprocess.run(
        ["git", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in tracked.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
