"""Takes area outlines from a GeoJSON file of wards."""

from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from shapely import GEOSException
from shapely.geometry import shape

from portal.geo.coordinates import is_on_earth
from portal.geo.models import Area
from portal.imports import BadRow, ImportCommand


class Command(ImportCommand):
    """One feature an area, known by its code; the same file twice changes nothing."""

    help = "Import areas from a GeoJSON file."
    noun = "areas"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--code", default="WD13CD", help="the property that holds the code")
        parser.add_argument("--name", default="WD13NM", help="the property that holds the name")
        parser.add_argument("--home", default="", help="code of the partnership's own area, which maps show")

    def rows(self, text: str, options: dict[str, Any]) -> Iterable[tuple[int, dict[str, Any]]]:
        return self.features(text)

    def take(self, row: dict[str, Any], options: dict[str, Any]) -> str:
        properties = row.get("properties") or {}
        code, name = properties.get(options["code"]), properties.get(options["name"])
        if not code or not name:
            raise BadRow(f"it has no {options['code'] if not code else options['name']}.")
        west, south, east, north = bounds(row.get("geometry"))
        wanted = {
            "name": str(name)[:100],
            "outline": row["geometry"],
            "west": west,
            "south": south,
            "east": east,
            "north": north,
        }
        if options["home"]:
            wanted["is_home"] = str(code) == options["home"]
        area, is_new = Area.objects.get_or_create(code=str(code)[:20], defaults=wanted)
        if is_new:
            return "added"
        if all(getattr(area, field) == value for field, value in wanted.items()):
            return "unchanged"
        for field, value in wanted.items():
            setattr(area, field, value)
        area.save()
        return "changed"


def bounds(geometry: Any) -> tuple[float, float, float, float]:
    """West, south, east and north of a valid polygon in degrees; BadRow for anything else."""
    if not isinstance(geometry, dict) or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        raise BadRow("its geometry is not a polygon.")
    try:
        outline = shape(geometry)
    except (GEOSException, ValueError, TypeError, KeyError, IndexError):
        raise BadRow("its outline cannot be read.") from None
    if outline.is_empty:
        raise BadRow("its outline is empty.")
    west, south, east, north = outline.bounds
    if not (is_on_earth(south, west) and is_on_earth(north, east)):
        raise BadRow("its outline is not in degrees.")
    return west, south, east, north
