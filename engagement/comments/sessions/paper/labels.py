"""Finds room for names on a map: none lies on another, and what has no room is left out rather than smudged."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

# Letters of a book face are about half as wide as high.
WIDTH_OF_A_LETTER = 0.5
GAP = 1.0


class Box(NamedTuple):
    """A rectangle on the paper, in millimetres from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def inside(self, other: "Box") -> bool:
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A name that wants to stand beside its dot, in letters so many millimetres high."""

    words: str
    x: float
    y: float
    dot: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A name that has found its place: where its first letter stands on its line."""

    words: str
    x: float
    y: float
    height: float


def dot_box(one: Wanted) -> Box:
    """The room that a dot itself takes."""
    return Box(one.x - one.dot, one.y - one.dot, one.x + one.dot, one.y + one.dot)


def find_room(wanted: Iterable[Wanted], *, frame: Box, taken: Iterable[Box]) -> list[Placed]:
    """The names that have room, each right of its dot, or else left, above or below; earlier ones choose first."""
    occupied = list(taken)
    placed = []
    for one in wanted:
        own = dot_box(one)
        for box in _sides(one):
            # Its own dot is no obstacle; other dots and names are.
            if box.inside(frame) and not any(box.meets(other) for other in occupied if other != own):
                occupied.append(box)
                placed.append(Placed(words=one.words, x=box.left, y=box.bottom - 0.25 * one.height, height=one.height))
                break
    return placed


def _sides(one: Wanted) -> list[Box]:
    wide, high = len(one.words) * one.height * WIDTH_OF_A_LETTER, one.height
    right, left = one.x + one.dot + GAP, one.x - one.dot - GAP - wide
    beside, centred = one.y - high / 2, one.x - wide / 2
    above, below = one.y - one.dot - high - GAP / 2, one.y + one.dot + GAP / 2
    corners = [(right, beside), (left, beside), (centred, above), (centred, below)]
    corners += [(right, above), (right, below), (left, above), (left, below)]
    return [Box(x, y, x + wide, y + high) for x, y in corners]
