"""A process with a database of its own, which measures a round when it is told to; several take turns."""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent


class Rehearsal:
    """A process with a database of one size, which measures a round when it is told to."""

    def __init__(self, module: str, *words: str, surroundings: dict[str, str], python: str = sys.executable) -> None:
        """`module` is one of ours, or the path of a file that another Python runs."""
        usual = {"DJANGO_SETTINGS_MODULE": "portal.settings.dev"}
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.process = subprocess.Popen(
            [python, *([module] if module.endswith(".py") else ["-m", module]), *words],
            cwd=ROOT,
            env={**kept, **usual, **surroundings},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.facts = self._told()
        self.rounds: list[dict[str, float]] = []

    def measure(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self.rounds.append(self._told())

    def milliseconds(self, work: str) -> float:
        return median(taken[work] for taken in self.rounds) * 1000

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=60)

    def _told(self) -> dict[str, float]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("a rehearsal ended early; what it said stands above")
        told: dict[str, float] = json.loads(line)
        return told
