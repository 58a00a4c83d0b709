"""What a map shows of a list: never more than it can draw, and crowds are counted without a look at who is in them."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, F, IntegerField, Min, QuerySet
from django.db.models.functions import Cast
from django.http import QueryDict

from engagement.directory.crowding import Crowd, Dot, crowds, degrees_a_thumb
from engagement.directory.lists.around import Box
from engagement.directory.lists.rows import CardRow
from portal.geo.coordinates import Point

MOST = 2_000
MOST_SQUARES = 1_000
BRITAIN: Box = (-9.0, 49.0, 2.5, 61.5)
SEVERAL_TURNS = 360  # added to longitude so that every square counts from nought
NOT_READ = "bbox is four numbers, west,south,east,north; zoom is from 0 to 22"
Rows = Callable[[Iterable[int]], Mapping[int, CardRow]]


@dataclass(frozen=True)
class View:
    """The part of the map that somebody sees: its box, and its zoom; all of it, with each dot apart, where not told."""

    box: Box | None = None
    zoom: int | None = None


@dataclass(frozen=True)
class Where:
    """The ways from a row to the two numbers of its point."""

    latitude: str = "latitude"
    longitude: str = "longitude"


def read_view(asked: QueryDict) -> View:
    """The view of an address; ValueError for one that makes no sense."""
    return View(_box(asked.get("bbox", "")), _zoom(asked.get("zoom", "")))


def features(found: QuerySet[Any, Any], view: View, rows: Rows, *, where: Where = Where()) -> dict[str, Any]:
    """A FeatureCollection of what fits in a view: single rows with their words, and circles with a number."""
    made = _crowds(found, view, where)
    told = rows(crowd.alone for crowd in made if crowd.alone is not None)
    return {
        "type": "FeatureCollection",
        "features": [_feature(crowd, told) for crowd in made if crowd.alone is None or crowd.alone in told],
    }


def _crowds(found: QuerySet[Any, Any], view: View, where: Where) -> list[Crowd]:
    found = found.filter(**{f"{where.latitude}__isnull": False, f"{where.longitude}__isnull": False})
    places = found.order_by().values_list("pk", where.latitude, where.longitude)[: MOST + 1]
    dots = [Dot(Point(latitude, longitude), pk) for pk, latitude, longitude in sorted(places)]
    if len(dots) <= MOST:
        return crowds(dots, view.zoom)
    zoom = min(16 if view.zoom is None else view.zoom, _finest(view.box or BRITAIN), 16)
    return crowds(_squares(found, zoom, view.box or BRITAIN, where), zoom)


def _squares(found: QuerySet[Any, Any], zoom: int, box: Box, where: Where) -> list[Dot]:
    """How many stand in each square of half a thumb, and the middle of them, counted by the database."""
    across = degrees_a_thumb(zoom) / 2
    up = across * _narrowing(box)
    counted = (
        found.order_by()
        .values(
            column=Cast((F(where.longitude) + SEVERAL_TURNS) / across, IntegerField()),
            row=Cast((F(where.latitude) + SEVERAL_TURNS) / up, IntegerField()),
        )
        .annotate(size=Count("pk"), north=Avg(where.latitude), east=Avg(where.longitude), one=Min("pk"))
        .order_by("-size", "one")
    )
    return [Dot(Point(one["north"], one["east"]), one["one"], one["size"]) for one in counted]


def _finest(box: Box) -> int:
    """The closest zoom at which the squares of a box are not too many to draw."""
    west, south, east, north = box
    wide, high = max(east - west, 1e-6), max(north - south, 1e-6) / _narrowing(box)
    return max(0, math.floor(math.log2(degrees_a_thumb(0) * math.sqrt(MOST_SQUARES / (wide * high)))))


def _narrowing(box: Box) -> float:
    return max(math.cos(math.radians(max(abs(box[1]), abs(box[3])))), 0.01)


def _box(typed: str) -> Box | None:
    if not typed:
        return None
    west, south, east, north = (float(part) for part in typed[:200].split(","))
    if not all(-360 <= number <= 360 for number in (west, south, east, north)):
        raise ValueError(typed)
    return west, south, east, north


def _zoom(typed: str) -> int | None:
    if not typed:
        return None
    zoom = int(typed[:4])
    if not 0 <= zoom <= 22:
        raise ValueError(typed)
    return zoom


def _feature(crowd: Crowd, told: Mapping[int, CardRow]) -> dict[str, object]:
    point = crowd.first.point
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [point.longitude, point.latitude]},
        "properties": _properties(told[crowd.alone]) if crowd.alone else {"cluster": True, "count": crowd.size},
    }


def _properties(row: CardRow) -> dict[str, object]:
    told: dict[str, object] = {"title": row.title, "url": row.url, "meta": row.meta}
    if row.status:
        told |= {"status": row.status.label, "is_open": row.status.is_open}
    elif row.tag:
        told |= {"status": row.tag.label}
    return told
