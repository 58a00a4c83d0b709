"""How a figure is taken: several rounds in turn, the median told with its spread."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """Seconds or bytes over several rounds."""

    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.rounds)

    @property
    def spread(self) -> str:
        return f"{min(self.rounds):.3g} to {max(self.rounds):.3g}"


@dataclass(frozen=True)
class Row:
    """One line of the report: what was measured, the figure in words, and how it was taken."""

    what: str
    figure: str
    how: str


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turn(works: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, Figure]:
    """Time each piece of work once a round, one after the other, so that a slow moment of the machine hits all alike."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    for _ in range(rounds):
        for name, work in works.items():
            taken[name].append(seconds(work))
    return {name: Figure(tuple(values)) for name, values in taken.items()}
