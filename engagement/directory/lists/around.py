"""Near a point: boxes that grow until enough is in them, and distance as the database can work it out."""

import math
from typing import Any

from django.db.models import Expression, ExpressionWrapper, F, FloatField, QuerySet

from portal.geo.coordinates import METRES_A_DEGREE, METRES_IN_A_MILE, Point

Box = tuple[float, float, float, float]
MILES = (2, 5, 10, 25, 60)
ENOUGH = 20


def box_around(point: Point, miles: float) -> Box:
    """West, south, east and north of a square that reaches so far on each side."""
    up = miles * METRES_IN_A_MILE / METRES_A_DEGREE
    across = up / _narrowing(point)
    return point.longitude - across, point.latitude - up, point.longitude + across, point.latitude + up


def metres_squared(point: Point, *, latitude: str = "latitude", longitude: str = "longitude") -> Expression:
    """The square of the distance on a flat map around the point: sums alone, which every database does quickly.

    It is right to one in a hundred as far as anybody goes for a warm room; far off it still tells near from far.
    """
    up = (F(latitude) - point.latitude) * METRES_A_DEGREE
    across = (F(longitude) - point.longitude) * (METRES_A_DEGREE * _narrowing(point))
    return ExpressionWrapper(up * up + across * across, output_field=FloatField())


def nearer_than(found: QuerySet[Any, Any], metres: float, point: Point, *, at: str = "") -> QuerySet[Any, Any]:
    """Of some rows those within so many metres of a point; `at` leads to where their own point stands."""
    west, south, east, north = box_around(point, metres / METRES_IN_A_MILE)
    boxed = found.filter(**{f"{at}longitude__range": (west, east), f"{at}latitude__range": (south, north)})
    far = metres_squared(point, latitude=f"{at}latitude", longitude=f"{at}longitude")
    return boxed.alias(far=far).filter(far__lte=metres**2)


def further(miles: int | None) -> int | None:
    """The next wider reach, if there is one."""
    return next((one for one in MILES if miles is not None and one > miles), None)


def has_enough(found: QuerySet[Any, Any]) -> bool:
    return len(found.order_by().values_list("pk", flat=True)[:ENOUGH]) == ENOUGH


def _narrowing(point: Point) -> float:
    """How much shorter a degree of longitude is than one of latitude; never nothing."""
    return max(math.cos(math.radians(point.latitude)), 0.01)
