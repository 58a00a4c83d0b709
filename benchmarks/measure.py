"""How a figure is taken: several rounds in turn, the median told with its spread."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """Seconds, bytes or answers a second over several rounds."""

    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.rounds)

    def beside(self, other: "Figure") -> "Figure":
        """How many times the other it is, the two of one round compared."""
        return Figure(tuple(one / another for one, another in zip(self.rounds, other.rounds, strict=True)))

    def told(self, form: str = "{:.2f}") -> str:
        """The median, with the least and the most of all rounds: another machine is compared with these."""
        return f"{form.format(self.median)} ({form.format(min(self.rounds))} to {form.format(max(self.rounds))})"


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

    def timed(work: Callable[[], object]) -> Callable[[], float]:
        return lambda: seconds(work)

    return measured_in_turn({name: timed(work) for name, work in works.items()}, rounds=rounds)


def measured_in_turn(works: Mapping[str, Callable[[], float]], *, rounds: int) -> dict[str, Figure]:
    """The same for work that measures itself. One round goes before, to warm up; every other round goes backwards."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    order = list(works.items())
    for _ in range(rounds):
        for name, work in order:
            taken[name].append(work())
        order.reverse()
    return {name: Figure(tuple(values)) for name, values in taken.items()}
