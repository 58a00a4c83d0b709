"""How published comments are counted: which squares of the map one comment counts in, and all counts from scratch."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from engagement.comments.map.cells import LEVELS_BELOW_ZOOM, parent, place

# A whole county is a few squares of the first level; one of the last, at zoom 18, is 22 metres wide.
FIRST_LEVEL = 8
LAST_LEVEL = 20
LEVELS = range(FIRST_LEVEL, LAST_LEVEL + 1)
NOT_SAID = "not_said"
FEELING_COLUMNS = ("good", "needs_work", "idea", "memory", "hope", NOT_SAID)
_BITS_BELOW_TILE = 2 * LEVELS_BELOW_ZOOM


class Standing(NamedTuple):
    """Where a published comment counts: in which conversation, with which theme (0 for none) and feeling, in which square."""

    consultation_id: int
    theme_id: int
    feeling: str
    cell: int


class Square(NamedTuple):
    """What one row of counts is about. Rows are always written in this order, so that no two writers wait for each other."""

    tile: int
    consultation_id: int
    theme_id: int
    cell: int


class Tally(NamedTuple):
    """Comments by feeling, in the order of `FEELING_COLUMNS`, and the sums of their columns and rows of the deepest level."""

    feelings: tuple[int, ...] = (0,) * len(FEELING_COLUMNS)
    sum_x: int = 0
    sum_y: int = 0

    def and_also(self, other: "Tally") -> "Tally":
        feelings = tuple(mine + theirs for mine, theirs in zip(self.feelings, other.feelings, strict=True))
        return Tally(feelings, self.sum_x + other.sum_x, self.sum_y + other.sum_y)


NOBODY = Tally()


def tile_of(cell: int) -> int:
    """The 256-pixel tile, sixteen squares, in which a square lies."""
    return cell >> _BITS_BELOW_TILE


def tally_of(standing: Standing, times: int = 1) -> Tally:
    """What a comment adds to a count, or with -1 takes from it."""
    feeling = standing.feeling or NOT_SAID
    x, y = place(standing.cell)
    return Tally(tuple(times if name == feeling else 0 for name in FEELING_COLUMNS), times * x, times * y)


class Changes:
    """What counts change by, put together before it is written: comments that came and went, square by square."""

    def __init__(self) -> None:
        self._by_deepest: dict[tuple[int, int, int], Tally] = {}

    def add(self, standing: Standing | None, times: int = 1) -> None:
        """A comment that stands here now or, with -1, no longer does."""
        if standing is None:
            return
        key = (parent(standing.cell, LAST_LEVEL), standing.consultation_id, standing.theme_id)
        self._by_deepest[key] = self._by_deepest.get(key, NOBODY).and_also(tally_of(standing, times))

    def squares(self) -> list[tuple[Square, Tally]]:
        """One row for each square of each level that changes, in the order in which they are written."""
        found: dict[Square, Tally] = {}
        for (deepest, consultation_id, theme_id), tally in self._by_deepest.items():
            if tally == NOBODY:
                continue
            for level in LEVELS:
                cell = parent(deepest, level)
                square = Square(tile_of(cell), consultation_id, theme_id, cell)
                found[square] = found.get(square, NOBODY).and_also(tally)
        return sorted((square, tally) for square, tally in found.items() if tally != NOBODY)


def from_scratch(standings: Iterable[Standing]) -> Iterator[tuple[Square, Tally]]:
    """All counts of these comments, which come in the order of their squares; a million need no more memory than ten.

    In that order the comments of a square of any level follow each other, so that a square that is left is complete and
    is added to the next larger one.
    """
    open_squares: dict[int, tuple[int, dict[tuple[int, int], Tally]]] = {}

    def close(level: int) -> Iterator[tuple[Square, Tally]]:
        cell, tallies = open_squares.pop(level)
        for (consultation_id, theme_id), tally in tallies.items():
            yield Square(tile_of(cell), consultation_id, theme_id, cell), tally
        if level > FIRST_LEVEL:
            above = parent(cell, level - 1)
            if level - 1 in open_squares and open_squares[level - 1][0] != above:
                yield from close(level - 1)
            _, gathered = open_squares.setdefault(level - 1, (above, defaultdict(Tally)))
            for key, tally in tallies.items():
                gathered[key] = gathered[key].and_also(tally)

    for standing in standings:
        cell = parent(standing.cell, LAST_LEVEL)
        if LAST_LEVEL in open_squares and open_squares[LAST_LEVEL][0] != cell:
            yield from close(LAST_LEVEL)
        _, tallies = open_squares.setdefault(LAST_LEVEL, (cell, defaultdict(Tally)))
        key = (standing.consultation_id, standing.theme_id)
        tallies[key] = tallies[key].and_also(tally_of(standing))
    for level in reversed(LEVELS):
        if level in open_squares:
            yield from close(level)
