"""The demo's ground: the ward and its neighbours, postcodes, and the places people call by name."""

from shapely.geometry import shape

from portal.demo.source import facts
from portal.geo.models import Area, NamedPlace, Postcode


def load_places() -> None:
    """Areas, postcodes and named places; loading twice changes nothing."""
    for feature in facts("area")["features"]:
        properties = feature["properties"]
        west, south, east, north = shape(feature["geometry"]).bounds
        Area.objects.update_or_create(
            code=properties["code"],
            defaults={
                "name": properties["name"],
                "outline": feature["geometry"],
                "west": west,
                "south": south,
                "east": east,
                "north": north,
                "is_home": properties["is_home"],
            },
        )
    codes = facts("postcodes")
    Postcode.objects.bulk_create(
        [Postcode(ward_code=codes["ward_code"], **row) for row in codes["postcodes"]], ignore_conflicts=True
    )
    for row in facts("places")["places"]:
        fields = ("name", "kind", "latitude", "longitude", "is_listed", "position")
        NamedPlace.objects.update_or_create(slug=row["slug"], defaults={name: row[name] for name in fields})
