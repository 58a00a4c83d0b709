"""Whether a pin lies where a consultation is about, and what somebody may have meant whose pin does not."""

from typing import Any

from engagement.comments.map.bounds import Bounds
from portal.geo.coordinates import METRES_A_DEGREE, Point, is_on_earth

# A pin on the pavement of the last street is still in the area.
EDGE_METRES = 50
# Where no area is set, a pin is expected somewhere in Great Britain.
GREAT_BRITAIN = Bounds(-8.7, 49.8, 1.8, 60.9)


def is_inside(point: Point, *, bounds: Bounds | None, outline: dict[str, Any] | None = None) -> bool:
    """Whether a point lies in the area, or within a few steps of its edge; anywhere on earth where there is none."""
    if not is_on_earth(*point):
        return False
    if bounds is None:
        return True
    # A degree of longitude is shorter than one of latitude; twice as many make up for that as far north as Shetland.
    edge = 2 * EDGE_METRES / METRES_A_DEGREE
    wider = Bounds(bounds.west - edge, bounds.south - edge, bounds.east + edge, bounds.north + edge)
    if not wider.has(point):
        return False
    if outline is None:
        return True
    # It takes 8 MB, and is asked only where an area was drawn.
    from shapely.geometry import Point as Dot
    from shapely.geometry import shape

    return bool(shape(outline).distance(Dot(point.longitude, point.latitude)) <= edge)


def swapped(point: Point, *, bounds: Bounds | None, outline: dict[str, Any] | None = None) -> Point | None:
    """The place that was meant where latitude and longitude stand in each other's place; None where they do not."""
    meant = Point(point.longitude, point.latitude)
    area = bounds or GREAT_BRITAIN
    if is_inside(point, bounds=area, outline=outline) or not is_inside(meant, bounds=area, outline=outline):
        return None
    return meant
