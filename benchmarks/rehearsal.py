"""A process with a database of its own, which measures a round when it is told to; several take turns."""

import json
import subprocess
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from statistics import median
from typing import TypeVar

from benchmarks.databases import databases
from benchmarks.measure import Row
from benchmarks.surroundings import usual_surroundings

ROOT = Path(__file__).resolve().parent.parent
Size = TypeVar("Size")


class Rehearsal:
    """A process with a database of one size, which measures a round when it is told to."""

    def __init__(self, module: str, *words: str, surroundings: dict[str, str], python: str = sys.executable) -> None:
        """`module` is one of ours, or the path of a file that another Python runs."""
        dev = {"DJANGO_SETTINGS_MODULE": "portal.settings.dev"}
        self.process = subprocess.Popen(
            [python, *([module] if module.endswith(".py") else ["-m", module]), *words],
            cwd=ROOT,
            env={**usual_surroundings(), **dev, **surroundings},
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

    def close(self) -> None:
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


def take_turns(rehearsals: Collection[Rehearsal], *, rounds: int) -> None:
    """So many rounds of each, one after the other, so that a slow moment of the machine hits all alike."""
    for _ in range(rounds):
        for rehearsal in rehearsals:
            rehearsal.measure()


def on_each_database(
    module: str,
    sizes: Mapping[Size, Sequence[str]],
    told: Callable[[dict[Size, Rehearsal]], list[Row]],
    *,
    rounds: int,
) -> list[Row]:
    """What is told of the module's rehearsals, one with the words of each size, on every database there is."""
    found = []
    with databases() as known:
        for name, database in known.items():
            with ExitStack() as stack:
                at: dict[Size, Rehearsal] = {}
                for number, (size, words) in enumerate(sizes.items()):
                    at[size] = stack.enter_context(closing(Rehearsal(module, *words, surroundings=database(number))))
                take_turns(at.values(), rounds=rounds)
                found += [Row(f"{name}: {row.what}", row.figure, row.how) for row in told(at)]
    return found


def analyse() -> None:
    """For the process itself: as PostgreSQL does by itself within a minute, and SQLite when it is told to."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
