"""Takes venues from a public listing in GeoJSON."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils.text import slugify

from engagement.directory.actions.coming import work_out_openings
from engagement.directory.actions.venues import import_venue
from engagement.directory.hours import read_text
from engagement.directory.hours.row_values import from_value, in_term_where_noted
from engagement.directory.hours.rows import to_value
from engagement.directory.models import Venue
from engagement.directory.source import believable_hours, offered, postcode_apart, tidy, tidy_name
from engagement.directory.tasks import look_for_pairs
from portal import clock
from portal.geo.coordinates import is_on_earth
from portal.imports import BadRow, ImportCommand
from portal.tasks import enqueue_on_commit
from portal.text import plain

LONGEST_DESCRIPTION = 5_000
AT_ONCE = 200


@dataclass(frozen=True)
class Row:
    """One feature of the file; `ordinal` tells apart entries with the same name at the same address."""

    number: int
    feature: dict[str, Any]
    source_key: str

    @property
    def source_row(self) -> dict[str, Any]:
        """All that the feature says, as any database can keep it."""
        kept: dict[str, Any] = _storable(self.feature)
        return kept


class Command(ImportCommand):
    """One feature a venue, known by its source, name and postcode; the same file twice changes nothing."""

    help = "Import venues from a GeoJSON file of warm spaces."
    noun = "venues"

    def rows(self, text: str, options: dict[str, Any]) -> Iterable[tuple[int, Row]]:
        features = self.features(text)
        if features and not any(_word(feature, "title") for _, feature in features):
            seen = sorted({name for _, feature in features for name in _properties(feature)})
            raise CommandError(f"No row has a title. The file has: {', '.join(seen) or 'nothing'}.")
        self.notes: list[str] = []
        self.hours = Counter[str]()
        self.to_work_out: list[int] = []
        times = Counter[str]()
        for number, feature in features:
            key = _key(feature)
            times[key] += 1
            yield number, Row(number, feature, key if times[key] == 1 else f"{key}:{times[key]}")

    def take(self, row: Row, options: dict[str, Any]) -> str:
        words, doubt = _words_of(row)
        venue = Venue.objects.from_source(row.source_key)
        if venue is not None and venue.as_imported == words and venue.source_row == row.source_row:
            return "unchanged"
        has_new_words = venue is None or venue.as_imported.get("hours_text") != words["hours_text"]
        wanted = venue.not_put_right(words) if venue else dict(words)
        hours = wanted.get("opening_hours", venue.opening_hours if venue else "")
        if has_new_words or hours:
            wanted["hours_proposed"] = "" if hours else _read(words["hours_text"], words["description"])
        try:
            kept = import_venue(
                venue=venue,
                **wanted,
                source_key=row.source_key,
                as_imported=words,
                source_row=row.source_row,
            )
        except ValidationError as error:
            raise BadRow(_first_reason(error)) from None
        self.to_work_out.append(kept.pk)
        self._count(row, kept, doubt)
        return "changed" if venue else "added"

    def finish(self, options: dict[str, Any]) -> None:
        for start in range(0, len(self.to_work_out), AT_ONCE):
            work_out_openings(self.to_work_out[start : start + AT_ONCE], clock.now())

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        for note in self.notes:
            self.stdout.write(note)
        if not options["dry_run"]:
            enqueue_on_commit(look_for_pairs)
        if self.hours:
            self.stdout.write(", ".join(f"{count} {words}" for words, count in sorted(self.hours.items())) + ".")

    def _count(self, row: Row, venue: Venue, doubt: str) -> None:
        if venue.opening_hours:
            self.hours["with hours"] += 1
        elif venue.hours_proposed:
            self.hours["with hours to confirm"] += 1
        else:
            self.hours["with hours that nobody can read" if venue.hours_text else "without hours"] += 1
        if doubt and venue.hours_text and not venue.opening_hours:
            where = "read from the words, to be confirmed" if venue.hours_proposed else "kept as words only"
            self.notes.append(f"Row {row.number}: hours {where}: {doubt}")


def _storable(value: Any) -> Any:
    """Without NUL and halves of letters, and with numbers that are none (NaN) as words."""
    if isinstance(value, dict):
        return {_storable(name): _storable(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_storable(inner) for inner in value]
    if isinstance(value, str):
        return value.replace("\x00", "").encode(errors="replace").decode()
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _read(words: str, description: str) -> str:
    """The hours that a venue's own words say, for somebody to confirm; empty where they cannot be read or believed."""
    usual = from_value(read_text(words) or "") if words else None
    value = to_value(in_term_where_noted(usual)) if usual else ""
    return believable_hours(value, words, description, clock.now().date())[0]


def _words_of(row: Row) -> tuple[dict[str, Any], str]:
    """A venue's fields from one feature, and why its hours were left out; BadRow where it cannot be a venue."""
    title, address = _word(row.feature, "title"), _word(row.feature, "address")
    if not title:
        raise BadRow("it has no title.")
    longitude, latitude = _point(row.feature)
    description = _word(row.feature, "description", limit=LONGEST_DESCRIPTION)
    hours = _properties(row.feature).get("hours")
    hours = hours if isinstance(hours, dict) else {"_text": hours}
    hours_text = _text(hours.get("_text"))
    value, doubt = believable_hours(_text(hours.get("opening")), hours_text, description, clock.now().date())
    where, postcode = postcode_apart(tidy(address))
    website = _word(row.feature, "url")
    return {
        "name": tidy_name(title),
        "description": description,
        "address": where,
        "postcode": postcode or postcode_apart(_word(row.feature, "loc_pcd"))[1],
        "latitude": latitude,
        "longitude": longitude,
        "website": website if website.startswith(("http://", "https://")) else "",
        "opening_hours": value,
        "hours_text": hours_text,
        "is_warm_space": True,
        "source": _source(row.feature),
        **offered(f"{title}. {description}"),
    }, doubt


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    properties = feature.get("properties")
    return properties if isinstance(properties, dict) else {}


def _text(value: Any, limit: int = 1_000) -> str:
    return plain(value, limit=limit) if isinstance(value, str) else ""


def _word(feature: dict[str, Any], name: str, limit: int = 1_000) -> str:
    return _text(_properties(feature).get(name), limit)


def _source(feature: dict[str, Any]) -> str:
    return _word(feature, "_source", 60) or "listing"


def _key(feature: dict[str, Any]) -> str:
    """What an entry is known by from one import to the next."""
    where, postcode = postcode_apart(_word(feature, "address"))
    return f"{_source(feature)}:{slugify(_word(feature, 'title'))[:60]}:{slugify(postcode or where)[:40]}"[:110]


def _point(feature: dict[str, Any]) -> tuple[float | None, float | None]:
    """Longitude and latitude; none for a feature that says it has no place."""
    geometry = feature.get("geometry")
    if geometry is None:
        return None, None
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if not isinstance(coordinates, list) or len(coordinates) < 2 or geometry.get("type") != "Point":
        raise BadRow("its geometry is not a point.")
    longitude, latitude = coordinates[:2]
    if any(isinstance(number, bool) or not isinstance(number, int | float) for number in (longitude, latitude)):
        raise BadRow("its coordinates are not numbers.")
    try:
        east, north = float(longitude), float(latitude)
    except OverflowError:
        east = north = math.inf
    if not is_on_earth(north, east):
        raise BadRow("its coordinates are not on this earth.")
    return east, north


def _first_reason(error: ValidationError) -> str:
    field, reasons = next(iter(error.message_dict.items()))
    return f"{field.replace('_', ' ')}: {reasons[0]}"
