"""Reads rows of somebody else's file as comments: which column is what, and what a row must have."""

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from engagement.comments.actions.importing import ImportedComment
from engagement.comments.selection import FEELINGS
from portal.clock import LONDON
from portal.geo.coordinates import Point, is_on_earth
from portal.imports import BadRow
from portal.text import plain

NEEDED = ("text", "longitude", "latitude")
KNOWN = (*NEEDED, "theme", "date", "feeling", "key")
OLDEST_YEAR = 1900
_DAYS_FIRST = ("%d/%m/%Y", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S")


def read_map(text: str) -> dict[str, str]:
    """Which column is what, from "text=COMMENTS,longitude=X"; ValueError in one sentence for anything else."""
    columns = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        name, has_column, column = pair.partition("=")
        if name not in KNOWN or not has_column or not column:
            raise ValueError(f"--map takes name=COLUMN with the names {', '.join(KNOWN)}; it has “{pair}”.")
        columns[name] = column
    return columns


def read_date(text: str, *, now: datetime) -> datetime | None:
    """A moment from the ways in which files write one; None for none, for nonsense and for the future."""
    tidy = text.strip().replace("/", "-") if text[:4].isdigit() else text.strip()
    for form in (None, *_DAYS_FIRST):
        try:
            moment = datetime.fromisoformat(tidy) if form is None else datetime.strptime(tidy, form)
        except ValueError:
            continue
        if not OLDEST_YEAR <= moment.year <= now.year:
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=LONDON)
        return moment.astimezone(UTC) if moment <= now else None
    return None


@dataclass
class RowReader:
    """Turns the rows of one file into comments; the same row twice in a file is two comments, each with its own key."""

    columns: Mapping[str, str]
    now: datetime
    _seen: Counter[str] = field(default_factory=Counter)

    def read(self, values: Mapping[str, Any]) -> ImportedComment:
        """The comment of a row; BadRow says what is missing."""
        words = plain(self._value(values, "text"))
        if not words:
            raise BadRow("it has no words.")
        point = Point(self._degrees(values, "latitude"), self._degrees(values, "longitude"))
        if not is_on_earth(*point):
            raise BadRow("its place is not on earth: are longitude and latitude swapped?")
        theme = plain(self._value(values, "theme"), limit=60)
        date = self._value(values, "date")
        feeling = self._value(values, "feeling").strip().lower().replace(" ", "_")
        return ImportedComment(
            key=self._key(values, (words, *map(str, point), theme, date)),
            words=words,
            point=point,
            theme=theme,
            feeling=feeling if feeling in FEELINGS else "",
            sent_at=read_date(date, now=self.now) or self.now,
        )

    def _value(self, values: Mapping[str, Any], name: str) -> str:
        value = values.get(self.columns.get(name, ""))
        return "" if value is None else str(value)

    def _degrees(self, values: Mapping[str, Any], name: str) -> float:
        typed = self._value(values, name).strip()
        try:
            degrees = float(typed)
        except ValueError:
            raise BadRow(f"its {name} “{typed[:20]}” is not a number." if typed else "it has no place.") from None
        if not math.isfinite(degrees):
            raise BadRow(f"its {name} is not a number.")
        return degrees

    def _key(self, values: Mapping[str, Any], content: Iterable[str]) -> str:
        given = plain(self._value(values, "key"), limit=60)
        if "key" in self.columns:
            self._seen[given] += 1
            if not given or self._seen[given] > 1:
                raise BadRow(f"another row has the key “{given}”." if given else "it has no key.")
            return f"key:{given}"
        print_of_row = hashlib.sha256("\x1f".join(content).encode()).hexdigest()[:32]
        self._seen[print_of_row] += 1
        return f"{print_of_row}-{self._seen[print_of_row]}"


def flat_feature(feature: Mapping[str, Any]) -> dict[str, Any]:
    """A GeoJSON point as one row: its properties, with its longitude and latitude under names no property has."""
    geometry = feature.get("geometry")
    properties = feature.get("properties")
    row = dict(properties) if isinstance(properties, dict) else {}
    place = geometry.get("coordinates") if isinstance(geometry, dict) and geometry.get("type") == "Point" else None
    if isinstance(place, list) and len(place) >= 2:
        row[":longitude"], row[":latitude"] = place[0], place[1]
    return row
