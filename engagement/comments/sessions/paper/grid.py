"""The squares of a paper map: letters from west to east, numbers from north to south, and the place on earth of each."""

import math
import re
import string
from typing import NamedTuple

from engagement.comments.map.bounds import Bounds
from portal.geo.coordinates import METRES_A_DEGREE, Point

# Every sheet of paper here is wider than high, and its map four to three: squares are square on all of them.
WIDE, HIGH = 4, 3
EDGE = 0.03
NARROWEST_METRES = 200
COLUMNS = (4, 8, 12, 16)
_SQUARE = re.compile(r"([A-Z])[\s-]*(\d{1,2})", re.ASCII)


class Grid(NamedTuple):
    """A rectangle on the ground, cut into columns and rows."""

    bounds: Bounds
    columns: int
    rows: int

    @property
    def letters(self) -> str:
        return string.ascii_uppercase[: self.columns]

    def read(self, typed: str) -> str | None:
        """The square that somebody typed ("c 4"), as the map names it; None for what is not on this map."""
        match = _SQUARE.fullmatch(typed.strip().upper())
        if match is None or match[1] not in self.letters or not 1 <= int(match[2]) <= self.rows:
            return None
        return f"{match[1]}{int(match[2])}"

    def middle(self, square: str) -> Point:
        """The middle of a square of this map."""
        column, row = self.letters.index(square[0]), int(square[1:]) - 1
        west, south, east, north = self.bounds
        longitude = west + (east - west) * (column + 0.5) / self.columns
        return Point(north - (north - south) * (row + 0.5) / self.rows, longitude)

    def square_of(self, point: Point) -> str | None:
        """The square in which a point lies; None beside the map."""
        if not self.bounds.has(point):
            return None
        west, south, east, north = self.bounds
        column = min(int((point.longitude - west) / (east - west) * self.columns), self.columns - 1)
        row = min(int((north - point.latitude) / (north - south) * self.rows), self.rows - 1)
        return f"{self.letters[column]}{row + 1}"

    @property
    def words(self) -> str:
        """What its squares are called: "A1 to H6"."""
        return f"A1 to {self.letters[-1]}{self.rows}"

    @property
    def metres_wide(self) -> float:
        west, south, east, north = self.bounds
        return (east - west) * METRES_A_DEGREE * math.cos(math.radians((south + north) / 2))


def rows_for(columns: int) -> int:
    """How many rows make squares of this many columns."""
    return columns * HIGH // WIDE


def fit(bounds: Bounds) -> Bounds:
    """The rectangle of a sheet around all of this, with a little ground beside it."""
    west, south, east, north = bounds
    middle = Point((south + north) / 2, (west + east) / 2)
    across = (east - west) * METRES_A_DEGREE * math.cos(math.radians(middle.latitude))
    up = (north - south) * METRES_A_DEGREE
    return around(middle, max(across, up * WIDE / HIGH) * (1 + 2 * EDGE))


def around(middle: Point, metres: float) -> Bounds:
    """The rectangle of a sheet that shows this many metres from west to east around a point."""
    metres = max(metres, NARROWEST_METRES)
    half_up = metres * HIGH / WIDE / 2 / METRES_A_DEGREE
    half_across = metres / 2 / METRES_A_DEGREE / max(math.cos(math.radians(middle.latitude)), 0.01)
    return Bounds(
        round(middle.longitude - half_across, 6),
        round(middle.latitude - half_up, 6),
        round(middle.longitude + half_across, 6),
        round(middle.latitude + half_up, 6),
    )


def scale_bar(metres_wide: float, *, share: float) -> int:
    """The longest round number of metres that takes at most this share of the map's width."""
    longest = metres_wide * share
    power = 10 ** math.floor(math.log10(longest))
    return int(max(step * power for step in (1, 2, 5) if step * power <= longest))
