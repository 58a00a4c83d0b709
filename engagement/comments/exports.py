"""Published comments as a table or a map file: only what everybody can read, and nothing that a spreadsheet would run."""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from engagement.comments.models import PlaceComment
from portal.spreadsheets import harmless

COLUMNS = (
    "reference",
    "words",
    "feeling",
    "theme",
    "where",
    "latitude",
    "longitude",
    "accuracy",
    "name",
    "sent_on",
    "is_answered",
    "is_example",
    "consultation",
)


class Out(Protocol):
    """Somewhere to write text: a file, or the screen."""

    def write(self, words: str, /) -> Any: ...


def public_row(comment: PlaceComment) -> dict[str, Any]:
    """What everybody can read of a comment."""
    return {
        "reference": comment.reference,
        "words": comment.words,
        "feeling": comment.feeling,
        "theme": comment.theme.name if comment.theme else "",
        "where": comment.where,
        "latitude": comment.latitude,
        "longitude": comment.longitude,
        "accuracy": comment.accuracy,
        "name": comment.shown_name,
        "sent_on": f"{comment.sent_at:%Y-%m-%d}",
        "is_answered": comment.is_answered,
        "is_example": comment.is_example,
        "consultation": comment.consultation.slug,
    }


class _Line:
    """Gives back what is written to it."""

    def write(self, words: str, /) -> str:
        return words


def csv_lines(comments: Iterable[PlaceComment]) -> Iterator[str]:
    """A heading and one line a comment, one after the other, so that a million take no more memory than one."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield writer.writerow(COLUMNS)
    for comment in comments:
        row = public_row(comment)
        yield writer.writerow([harmless(row[name]) for name in COLUMNS])


def write_csv(comments: Iterable[PlaceComment], out: Out) -> int:
    """Write one line a comment under a heading; answers how many."""
    count = -1
    for line in csv_lines(comments):
        out.write(line)
        count += 1
    return count


def write_geojson(comments: Iterable[PlaceComment], out: Out) -> int:
    """Write one feature a comment, without geometry where nobody has put a pin yet; answers how many."""
    out.write('{"type": "FeatureCollection", "features": [')
    count = 0
    for comment in comments:
        row = public_row(comment)
        longitude, latitude = row.pop("longitude"), row.pop("latitude")
        has_pin = longitude is not None and latitude is not None
        geometry = {"type": "Point", "coordinates": [longitude, latitude]} if has_pin else None
        feature = {"type": "Feature", "geometry": geometry, "properties": row}
        out.write(f"{',' if count else ''}\n{json.dumps(feature, ensure_ascii=False)}")
        count += 1
    out.write("\n]}\n")
    return count


WRITERS = {"csv": write_csv, "geojson": write_geojson}
