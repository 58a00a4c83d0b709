"""Points on the ground: from the national grid, and how far one is from another."""

import math
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pyproj import Transformer

EARTH_RADIUS_METRES = 6_371_008.8
METRES_IN_A_MILE = 1609.344
WALKING_METRES_A_MINUTE = 80
METRES_A_DEGREE = EARTH_RADIUS_METRES * math.pi / 180


class Point(NamedTuple):
    """A place in WGS84 degrees."""

    latitude: float
    longitude: float


@cache
def _transformer() -> "Transformer":
    # It takes 6 MB, and only imports of postcodes ask for it.
    from pyproj import Transformer

    return Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)


def from_national_grid(easting: float, northing: float) -> Point:
    """OSGB36 metres to WGS84; right to about five metres without Ordnance Survey's shift grid."""
    longitude, latitude = _transformer().transform(easting, northing)
    return Point(round(latitude, 6), round(longitude, 6))


def distance_metres(a: Point, b: Point) -> float:
    """Straight-line distance on the sphere."""
    lat_a, lat_b = math.radians(a.latitude), math.radians(b.latitude)
    half_lat = math.sin((lat_b - lat_a) / 2) ** 2
    half_lon = math.sin(math.radians(b.longitude - a.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_METRES * math.asin(math.sqrt(half_lat + math.cos(lat_a) * math.cos(lat_b) * half_lon))


def walking(metres: float) -> str:
    """A distance as people think of it: "6 minutes' walk, 0.3 miles", and in miles alone beyond an hour's walk."""
    miles = metres / METRES_IN_A_MILE
    minutes = max(1, math.ceil(metres / WALKING_METRES_A_MINUTE))
    far = f"{miles:.1f} mile{'' if f'{miles:.1f}' == '1.0' else 's'}"
    if minutes > 60:
        return far
    return f"{minutes} minute{'s’' if minutes > 1 else '’s'} walk, {far}"


def is_on_earth(latitude: float, longitude: float) -> bool:
    """Whether two numbers are a place at all; NaN and infinity are not."""
    return math.isfinite(latitude) and math.isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180


def middle_of_square(point: Point, metres: float) -> Point:
    """The middle of the square of this width in which a point lies: always the same one for the same door.

    Squares stand in rows from the south pole up; each row has its own width of a degree, so that they are as wide as high.
    """
    height = metres / METRES_A_DEGREE
    latitude = (math.floor(point.latitude / height) + 0.5) * height
    width = height / max(math.cos(math.radians(latitude)), 1e-6)
    return Point(latitude, (math.floor(point.longitude / width) + 0.5) * width)
