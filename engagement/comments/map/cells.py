"""The one grid of the map: every place on earth in a square, every square in four smaller ones, each with one number.

The number of a square is the Morton order of its column and row in Web Mercator (as map tiles are numbered), behind a
leading 1 that makes numbers of different levels differ. Level 26 is the deepest: a square there is about 0.35 m wide
at the latitude of County Durham, and its number is below 2**53, which a script can hold.
"""

import math

from portal.geo.coordinates import Point

DEEPEST = 26
# A square of the map is 64 pixels wide: a quarter of a 256-pixel tile each way, so two levels below the zoom.
LEVELS_BELOW_ZOOM = 2
EDGE_OF_MERCATOR = 85.05112878


def columns_and_rows(point: Point, level: int = DEEPEST) -> tuple[int, int]:
    """Column from the west and row from the north of the square in which a point lies."""
    across = 1 << level
    angle = math.radians(max(-EDGE_OF_MERCATOR, min(EDGE_OF_MERCATOR, point.latitude)))
    column = int((point.longitude + 180) / 360 * across)
    row = int((1 - math.asinh(math.tan(angle)) / math.pi) / 2 * across)
    return min(max(column, 0), across - 1), min(max(row, 0), across - 1)


def cell_of(point: Point, level: int = DEEPEST) -> int:
    """The number of the square of this level in which a point lies."""
    return number(*columns_and_rows(point, level), level)


def number(column: int, row: int, level: int) -> int:
    """The number of the square in this column and row."""
    return (1 << 2 * level) | _spread(column) | _spread(row) << 1


def level_of(cell: int) -> int:
    """The level of a square, from its number alone."""
    return (cell.bit_length() - 1) // 2


def parent(cell: int, level: int) -> int:
    """The square of a higher level in which a square lies."""
    return cell >> 2 * (level_of(cell) - level)


def squares_within(cell: int) -> tuple[int, int]:
    """The first and last number of the deepest squares in this one; between them lie all of them and nothing else."""
    deeper = 2 * (DEEPEST - level_of(cell))
    return cell << deeper, ((cell + 1) << deeper) - 1


def squares_around(point: Point, level: int) -> set[int]:
    """The square of a level in which a point lies, with the eight that touch it."""
    column, row = columns_and_rows(point, level)
    last = (1 << level) - 1
    return {
        number(min(max(column + right, 0), last), min(max(row + down, 0), last), level)
        for right in (-1, 0, 1)
        for down in (-1, 0, 1)
    }


def place(cell: int) -> tuple[int, int]:
    """Column and row of a square, from its number."""
    inside = cell ^ (1 << 2 * level_of(cell))
    return _gather(inside), _gather(inside >> 1)


def point_at(column: float, row: float, level: int = DEEPEST) -> Point:
    """The place on earth at a column and row; halves are the middle of a square."""
    across = 1 << level
    latitude = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / across))))
    return Point(latitude, column / across * 360 - 180)


def _spread(value: int) -> int:
    """The bits of a number with a gap after each."""
    value = (value | value << 16) & 0x0000FFFF0000FFFF
    value = (value | value << 8) & 0x00FF00FF00FF00FF
    value = (value | value << 4) & 0x0F0F0F0F0F0F0F0F
    value = (value | value << 2) & 0x3333333333333333
    return (value | value << 1) & 0x5555555555555555


def _gather(value: int) -> int:
    """Every second bit of a number, close together again."""
    value &= 0x5555555555555555
    value = (value | value >> 1) & 0x3333333333333333
    value = (value | value >> 2) & 0x0F0F0F0F0F0F0F0F
    value = (value | value >> 4) & 0x00FF00FF00FF00FF
    value = (value | value >> 8) & 0x0000FFFF0000FFFF
    return (value | value >> 16) & 0x00000000FFFFFFFF
