"""Where the country is, by a coarse outline drawn by hand: generous at the coast, and short of France and Dublin."""

from functools import cache
from typing import Any

from portal.geo.coordinates import Point

# Longitude and latitude, going round by the sea: from the Isles of Scilly eastwards.
_GREAT_BRITAIN = (
    *[(-6.7, 49.7), (-5.0, 49.75), (-3.4, 50.0), (-1.5, 50.4), (0.3, 50.55), (1.0, 50.75), (1.45, 51.05)],
    *[(1.7, 51.4), (1.95, 52.0), (2.0, 52.6), (1.6, 53.05), (0.6, 53.3), (0.5, 53.8), (0.1, 54.2)],
    *[(-0.9, 54.75), (-1.2, 55.1), (-1.3, 55.75), (-1.8, 56.0), (-2.2, 56.3), (-1.8, 57.0), (-1.5, 57.5)],
    *[(-1.7, 57.85), (-2.7, 58.3), (-2.1, 59.0), (-1.0, 59.6), (-0.5, 60.3), (-0.5, 61.0), (-1.8, 60.95)],
    *[(-2.4, 60.2), (-3.6, 59.5), (-3.8, 58.9), (-5.3, 58.85), (-6.3, 58.75), (-7.5, 58.3), (-8.8, 58.0)],
    *[(-8.8, 57.6), (-7.9, 57.2), (-7.9, 56.6), (-7.1, 56.3), (-6.7, 55.5), (-6.1, 55.15), (-5.4, 54.6)],
    *[(-5.0, 53.8), (-5.1, 52.6), (-5.6, 52.0), (-5.4, 51.4), (-5.0, 51.0), (-5.6, 50.4), (-6.7, 50.1)],
)
_NORTHERN_IRELAND = (
    *[(-8.3, 54.4), (-7.7, 54.1), (-7.0, 54.0), (-6.6, 53.98), (-6.0, 53.95), (-5.3, 54.3), (-5.3, 54.9)],
    *[(-5.9, 55.4), (-6.9, 55.35), (-7.6, 55.1), (-7.8, 54.75), (-8.3, 54.6)],
)


def is_in_britain(point: Point) -> bool:
    """Whether a point may be in Great Britain or Northern Ireland; it also catches latitude and longitude swapped."""
    from shapely import contains_xy

    return bool(contains_xy(_country(), point.longitude, point.latitude))


@cache
def _country() -> Any:
    # It takes 8 MB, and only who writes a place down asks.
    from shapely import prepare
    from shapely.geometry import Polygon

    country = Polygon(_GREAT_BRITAIN).union(Polygon(_NORTHERN_IRELAND))
    prepare(country)
    return country
