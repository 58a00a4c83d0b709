"""Reads the labelled sets: sentences and pairs that people judged, against which the rules are measured."""

from collections.abc import Callable
from pathlib import Path

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[list[str]]:
    """The lines of one set, cut into their columns; the first is the label."""
    return [line.split("\t") for line in (DATA / f"{name}.tsv").read_text().splitlines()]


def precision_and_recall(name: str, *, wanted: str, says: Callable[[list[str]], bool]) -> tuple[float, float]:
    """How often the rule is right when it speaks, and how much of what it should find it finds."""
    judged = [(row[0] == wanted, says(row[1:])) for row in rows(name)]
    hits = judged.count((True, True))
    return hits / (hits + judged.count((False, True))), hits / (hits + judged.count((True, False)))
