"""Takes comments that people left elsewhere from a CSV or GeoJSON file."""

from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.text import slugify

from engagement.comments.actions.importing import ImportedComment, open_consultation_for_import, take_imported
from engagement.comments.imported_rows import KNOWN, NEEDED, RowReader, flat_feature, read_map
from portal.imports import BadRow, ImportCommand, csv_rows
from portal.refusals import Refused

FROM_THE_POINT = {"longitude": ":longitude", "latitude": ":latitude"}


class Row(NamedTuple):
    """One row with its number in the file."""

    number: int
    values: dict[str, Any]


class Command(ImportCommand):
    """Each row with words and a place becomes a published comment of one consultation; the same file twice changes nothing."""

    help = "Import comments about places from a CSV or GeoJSON file."
    noun = "comments"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--map",
            default="",
            help=f"which column is what: name=COLUMN,name=COLUMN with the names {', '.join(KNOWN)}; "
            "without it the columns have these names themselves",
        )
        parser.add_argument(
            "--consultation",
            default="",
            help="slug of the consultation that they go into; made on the spot, unlisted and closed, where there is "
            "none (default: the name of the file)",
        )
        parser.add_argument(
            "--read-first", action="store_true", help="put them on the moderation desk instead of publishing them"
        )

    def rows(self, text: str, options: dict[str, Any]) -> Iterable[tuple[int, Row]]:
        try:
            asked = read_map(options["map"])
        except ValueError as error:
            raise CommandError(str(error)) from None
        if options["file"].suffix.lower() in {".geojson", ".json"}:
            found = [(number, flat_feature(feature)) for number, feature in self.features(text)]
            self._check_properties(found, asked)
            self.columns = {name: name for name in KNOWN if name != "key"} | FROM_THE_POINT | asked
        else:
            needs = [asked.get(name, name) for name in NEEDED]
            found = csv_rows(text, needs=[*needs, *(column for column in asked.values() if column not in needs)])
            self.columns = {name: name for name in KNOWN if name != "key"} | asked
        return [(number, Row(number, values)) for number, values in found]

    def _check_properties(self, found: list[tuple[int, dict[str, Any]]], asked: dict[str, str]) -> None:
        there = {name for _, values in found for name in values}
        for column in [asked.get("text", "text"), *asked.values()]:
            if found and column not in there:
                raise CommandError(f"No feature has the property {column}.")

    def prepare(self, rows: list[tuple[int, Row]], options: dict[str, Any]) -> None:
        reader = RowReader(columns=self.columns, now=timezone.now())
        self.read: dict[int, ImportedComment | BadRow] = {}
        for number, row in rows:
            try:
                self.read[number] = reader.read(row.values)
            except BadRow as reason:
                self.read[number] = reason
        good = [one for one in self.read.values() if isinstance(one, ImportedComment)]
        if not good:
            raise CommandError("No row has both words and a place.")
        slug = options["consultation"] or slugify(options["file"].stem)[:80]
        if slug != slugify(slug) or not slug or len(slug) > 80:
            raise CommandError(f"“{slug}” is not a slug: use small letters, digits and hyphens.")
        consultation = open_consultation_for_import(slug=slug, points=[one.point for one in good])
        bounds = consultation.bounds
        inside = [one for one in good if bounds is None or bounds.has(one.point)]
        try:
            self.outcomes = take_imported(
                consultation=consultation, comments=inside, is_read_first=options["read_first"]
            )
        except Refused as reason:
            raise CommandError(str(reason)) from None

    def take(self, row: Row, options: dict[str, Any]) -> str:
        read = self.read[row.number]
        if isinstance(read, BadRow):
            raise read
        if read.key not in self.outcomes:
            raise BadRow("its place is outside the area of the consultation.")
        return self.outcomes[read.key]
