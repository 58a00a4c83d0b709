"""Takes postcodes from a Code-Point Open file (no heading; eastings and northings in OSGB36)."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.core.management.base import CommandError

from portal.geo.coordinates import from_national_grid
from portal.geo.models import Postcode
from portal.geo.postcodes import normalise
from portal.imports import BadRow, ImportCommand

COLUMNS = 10
# The national grid's own bounds, in metres.
LARGEST_EASTING, LARGEST_NORTHING = 700_000, 1_300_000


class Command(ImportCommand):
    """One row a postcode; the same file twice changes nothing."""

    help = "Import postcodes from a Code-Point Open CSV file."
    noun = "postcodes"

    def rows(self, text: str, options: dict[str, Any]) -> Iterable[tuple[int, list[str]]]:
        try:
            found = list(enumerate(csv.reader(io.StringIO(text), strict=True), start=1))
        except csv.Error as error:
            raise CommandError(f"This is not a CSV file that can be read: {error}.") from None
        if not found:
            raise CommandError("The file is empty.")
        for number, row in found:
            if len(row) != COLUMNS:
                raise CommandError(
                    f"Row {number} has {len(row)} columns, Code-Point Open has {COLUMNS}: is the file cut short?"
                )
        return found

    def prepare(self, rows: list[tuple[int, list[str]]], options: dict[str, Any]) -> None:
        self.known = {postcode.code: postcode for postcode in Postcode.objects.all()}

    def take(self, row: list[str], options: dict[str, Any]) -> str:
        code = normalise(row[0])
        if code is None:
            raise BadRow(f"“{row[0][:20]}” is not a postcode.")
        try:
            easting, northing = float(row[2]), float(row[3])
        except ValueError:
            raise BadRow("the easting or northing is not a number.") from None
        if not (0 < easting < LARGEST_EASTING and 0 < northing < LARGEST_NORTHING):
            raise BadRow("the easting or northing is off the national grid.")
        point = from_national_grid(easting, northing)
        wanted = {"latitude": point.latitude, "longitude": point.longitude, "ward_code": row[9][:9]}
        postcode = self.known.get(code)
        if postcode is None:
            self.known[code] = Postcode.objects.create(code=code, **wanted)
            return "added"
        if all(getattr(postcode, name) == value for name, value in wanted.items()):
            return "unchanged"
        for name, value in wanted.items():
            setattr(postcode, name, value)
        postcode.save()
        return "changed"
