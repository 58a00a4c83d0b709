"""Draws many points as few: a grid that goes with the zoom of the map, and a stack where points share one spot."""

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

MOST_SINGLE = 300
DEEPEST_ZOOM = 22
# A cell is 64 pixels wide: a quarter of a 256-pixel tile each way.
CELLS_A_TILE = 4
# A metre, as far as anybody can tell two pins apart.
DECIMALS = 5
EDGE_OF_MERCATOR = 85.05112878


class Spot(NamedTuple):
    """One point and the id of what stands there."""

    latitude: float
    longitude: float
    id: int


class Group(NamedTuple):
    """One or more points drawn as one; `is_stack` when looking closer would not part them."""

    latitude: float
    longitude: float
    members: list[Spot]
    is_stack: bool


def cell_of(latitude: float, longitude: float, zoom: int) -> tuple[int, int]:
    """Column and row of the grid of this zoom, in Web Mercator."""
    across = 2**zoom * CELLS_A_TILE
    angle = math.radians(max(-EDGE_OF_MERCATOR, min(EDGE_OF_MERCATOR, latitude)))
    column = int((longitude + 180) / 360 * across)
    row = int((1 - math.asinh(math.tan(angle)) / math.pi) / 2 * across)
    return min(max(column, 0), across - 1), min(max(row, 0), across - 1)


def group(spots: Iterable[Spot], *, zoom: int, most: int = MOST_SINGLE) -> list[Group]:
    """Every spot in exactly one group: by cell where there are more than `most`, otherwise only those on one spot."""
    found = list(spots)
    if len(found) > most:
        return [_one(members) for members in _by(found, zoom).values()]
    return [_one(members) for members in _by(found, None).values()]


def _by(spots: list[Spot], zoom: int | None) -> dict[tuple[float, float], list[Spot]]:
    groups: dict[tuple[float, float], list[Spot]] = defaultdict(list)
    for spot in spots:
        key = _here(spot) if zoom is None else cell_of(spot.latitude, spot.longitude, zoom)
        groups[key].append(spot)
    return groups


def _here(spot: Spot) -> tuple[float, float]:
    return round(spot.latitude, DECIMALS), round(spot.longitude, DECIMALS)


def _one(members: list[Spot]) -> Group:
    latitude = sum(spot.latitude for spot in members) / len(members)
    longitude = sum(spot.longitude for spot in members) / len(members)
    is_stack = len(members) > 1 and len({_here(spot) for spot in members}) == 1
    return Group(round(latitude, DECIMALS), round(longitude, DECIMALS), members, is_stack)
