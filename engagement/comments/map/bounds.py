"""A rectangle on the ground, as the address of a map view or the reach of a consultation."""

import math
from collections.abc import Iterable
from typing import Any, NamedTuple, Self

from portal.geo.coordinates import METRES_A_DEGREE, Point

BAD_BOUNDS = "bbox must be four numbers, west,south,east,north, in degrees, such as -1.34,54.75,-1.29,54.78."


class Bounds(NamedTuple):
    """West, south, east and north in degrees."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def read(cls, text: str) -> Self:
        """Bounds from "west,south,east,north"; ValueError, in one sentence, for anything else."""
        try:
            west, south, east, north = (float(part) for part in text.split(",", 4))
        except ValueError:
            raise ValueError(BAD_BOUNDS) from None
        if not all(map(math.isfinite, (west, south, east, north))):
            raise ValueError(BAD_BOUNDS)
        # A map that was pushed over the edge of the world still gets what it can see of it.
        seen = cls(max(west, -180.0), max(south, -90.0), min(east, 180.0), min(north, 90.0))
        if seen.west >= seen.east or seen.south >= seen.north:
            raise ValueError(BAD_BOUNDS)
        return seen

    @classmethod
    def around(cls, points: Iterable[Point]) -> Self:
        """The smallest rectangle that has all these points in it; ValueError without any."""
        latitudes, longitudes = zip(*points, strict=True)
        return cls(min(longitudes), min(latitudes), max(longitudes), max(latitudes))

    @classmethod
    def within_reach(cls, point: Point, metres: float) -> Self:
        """The smallest rectangle that has everything in it within so many metres of a point."""
        up = metres / METRES_A_DEGREE
        across = up / max(math.cos(math.radians(point.latitude)), 1e-6)
        return cls(point.longitude - across, point.latitude - up, point.longitude + across, point.latitude + up)

    def with_edge(self, degrees: float = 0.00002) -> Self:
        """A little larger, two metres unless told otherwise, so that what lies on the edge is in it after rounding."""
        return self._replace(
            west=self.west - degrees, south=self.south - degrees, east=self.east + degrees, north=self.north + degrees
        )

    @property
    def as_polygon(self) -> dict[str, Any]:
        """The rectangle as a GeoJSON geometry."""
        west, south, east, north = self
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        return {"type": "Polygon", "coordinates": [ring]}

    def overlap(self, other: Self) -> Self:
        """What two rectangles that touch have in common."""
        return self._replace(
            west=max(self.west, other.west),
            south=max(self.south, other.south),
            east=min(self.east, other.east),
            north=min(self.north, other.north),
        )

    def has(self, point: Point) -> bool:
        """Whether a point lies in the rectangle or on its edge."""
        return self.west <= point.longitude <= self.east and self.south <= point.latitude <= self.north

    def __str__(self) -> str:
        """As an address says it, to a tenth of a millimetre: what was cut along a square of the map stays cut there."""
        return ",".join(f"{degrees:.9f}".rstrip("0").rstrip(".") for degrees in self)
