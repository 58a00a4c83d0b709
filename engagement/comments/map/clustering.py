"""Draws many comments as few: which squares lie over a part of the map, how closely to look, and what becomes one."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from engagement.comments.map.bounds import Bounds
from engagement.comments.map.cells import (
    DEEPEST,
    LEVELS_BELOW_ZOOM,
    columns_and_rows,
    level_of,
    number,
    parent,
    place,
    point_at,
    squares_within,
)
from engagement.comments.map.counting import FIRST_LEVEL, LAST_LEVEL
from portal.geo.coordinates import Point

# Up to so many are drawn one by one, more as squares; and never more squares than an answer of 20 kB holds.
MOST_SINGLE = 300
MOST_TILES = 30
MOST_SQUARES = 16 * MOST_TILES
MOST_RANGES = 32
DEEPEST_ZOOM = 22
# As wide as 1.4 metres: nobody can tell two pins apart there, so that they are one stack.
STACK_LEVEL = 24


class Group(NamedTuple):
    """Comments in one square: how many, and the middle of them."""

    cell: int
    size: int
    latitude: float
    longitude: float


class Cover(NamedTuple):
    """The squares of one level over a rectangle, as the first and last column and row."""

    level: int
    west: int
    north: int
    east: int
    south: int

    @property
    def size(self) -> int:
        return (self.east - self.west + 1) * (self.south - self.north + 1)

    def cells(self) -> list[int]:
        columns, rows = range(self.west, self.east + 1), range(self.north, self.south + 1)
        return [number(column, row, self.level) for row in rows for column in columns]


def cover(bounds: Bounds, level: int) -> Cover:
    """All squares of a level that share a point with the rectangle."""
    west, north = columns_and_rows(Point(bounds.north, bounds.west), level)
    east, south = columns_and_rows(Point(bounds.south, bounds.east), level)
    return Cover(level, west, north, east, south)


def level_of_zoom(zoom: int) -> int:
    """The level of the squares that are counted for a zoom."""
    return min(max(zoom + LEVELS_BELOW_ZOOM, FIRST_LEVEL), LAST_LEVEL)


def tiles_over(bounds: Bounds, level: int) -> tuple[int, list[int]] | None:
    """The tiles over a rectangle and the level of their squares: as asked, or less deep where they would be too many.

    None for a rectangle so large that even the first level has too many.
    """
    for squares in range(level, FIRST_LEVEL - 1, -1):
        over = cover(bounds, squares - LEVELS_BELOW_ZOOM)
        if over.size <= MOST_TILES:
            return squares, over.cells()
    return None


def ranges_over(bounds: Bounds) -> list[tuple[int, int]]:
    """Few runs of the deepest squares in which everything of a rectangle lies, and a little around it."""
    level = next(level for level in range(DEEPEST, -1, -1) if cover(bounds, level).size <= MOST_RANGES)
    return runs(squares_within(cell) for cell in cover(bounds, level).cells())


def runs(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same ranges with those that follow on each other joined."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def bounds_of(cell: int) -> Bounds:
    """The rectangle of a square."""
    (column, row), level = place(cell), level_of(cell)
    north_west, south_east = point_at(column, row, level), point_at(column + 1, row + 1, level)
    return Bounds(north_west.longitude, south_east.latitude, south_east.longitude, north_west.latitude)


def lies_within(cell: int, bounds: Bounds) -> bool:
    """Whether the whole of a square is in a rectangle."""
    square = bounds_of(cell)
    return (
        bounds.west <= square.west
        and bounds.south <= square.south
        and square.east <= bounds.east
        and square.north <= bounds.north
    )


def touches(cell: int, bounds: Bounds) -> bool:
    """Whether a square shares a point with a rectangle."""
    square = bounds_of(cell)
    return not (
        square.east < bounds.west
        or square.west > bounds.east
        or square.north < bounds.south
        or square.south > bounds.north
    )


def joined(groups: Iterable[Group], level: int) -> list[Group]:
    """Groups as squares of this or a higher level, in the order of the squares."""
    found: dict[int, list[Group]] = defaultdict(list)
    for group in groups:
        found[parent(group.cell, min(level, level_of(group.cell)))].append(group)
    return [_one(cell, found[cell]) for cell in sorted(found)]


def few(groups: list[Group]) -> list[Group]:
    """Groups joined until an answer holds them: not too many squares, and not too many with a single comment."""
    while len(groups) > MOST_SQUARES or sum(group.size == 1 for group in groups) > MOST_SINGLE:
        level = max(level_of(group.cell) for group in groups)
        groups = joined(groups, level - 1)
    return groups


def _one(cell: int, members: list[Group]) -> Group:
    if len(members) == 1:
        return members[0]._replace(cell=cell)
    size = sum(member.size for member in members)
    latitude = sum(member.latitude * member.size for member in members) / size
    longitude = sum(member.longitude * member.size for member in members) / size
    return Group(cell, size, latitude, longitude)
