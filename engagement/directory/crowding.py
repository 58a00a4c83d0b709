"""Points that would cover each other on the map become one circle with a number."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from portal.geo.coordinates import Point

A_THUMB = 48
TILE = 256
CLOSE_ENOUGH = 17


@dataclass(frozen=True)
class Dot:
    """Something on the map: one row by its number, or already several without one."""

    point: Point
    pk: int | None
    size: int = 1


@dataclass
class Crowd:
    """Dots that stand within a thumb's width of the first of them, whose point stands for all."""

    first: Dot
    x: float
    y: float
    size: int = 0

    @property
    def alone(self) -> int | None:
        """The number of the one row that it is; None where there are several."""
        return self.first.pk if self.size == 1 else None


def crowds(dots: Iterable[Dot], zoom: int | None) -> list[Crowd]:
    """Dots together where a thumb could not tell them apart at this zoom of a web map.

    From zoom 17 on, and where no zoom is told, each stands alone.
    """
    is_apart = zoom is None or zoom >= CLOSE_ENOUGH
    made: list[Crowd] = []
    by_square: dict[tuple[int, int], list[Crowd]] = {}
    for dot in dots:
        x, y = _pixels(dot.point, zoom or 0)
        square = (int(x // A_THUMB), int(y // A_THUMB))
        joined = None if is_apart else _within_reach(by_square, square, x, y)
        if joined is None:
            joined = Crowd(dot, x, y)
            made.append(joined)
            by_square.setdefault(square, []).append(joined)
        joined.size += dot.size
    return made


def degrees_a_thumb(zoom: int) -> float:
    """How many degrees of longitude a thumb covers at a zoom."""
    return A_THUMB * 360 / (TILE * 2**zoom)


def _within_reach(
    by_square: dict[tuple[int, int], list[Crowd]], square: tuple[int, int], x: float, y: float
) -> Crowd | None:
    near = [
        crowd
        for across in (-1, 0, 1)
        for down in (-1, 0, 1)
        for crowd in by_square.get((square[0] + across, square[1] + down), [])
        if math.hypot(crowd.x - x, crowd.y - y) < A_THUMB
    ]
    return min(near, key=lambda crowd: math.hypot(crowd.x - x, crowd.y - y), default=None)


def _pixels(point: Point, zoom: int) -> tuple[float, float]:
    """Where a point lies on a web map of this zoom (EPSG:3857), in pixels from the top left."""
    size = TILE * 2**zoom
    north = math.radians(point.latitude)
    return (
        (point.longitude + 180) / 360 * size,
        (1 - math.asinh(math.tan(north)) / math.pi) / 2 * size,
    )
