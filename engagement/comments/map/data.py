"""A drawing as programs read it: GeoJSON for everybody, and columns a tenth as long for our own map.

Columns are one object. `pins.at` and `groups.at` are squares of the grid (see `cells`) at level 24, 1.4 metres wide, each
but the first as what it is more than the one before it; `pins.references` are six letters each without their hyphen, one
after the other; `pins.feelings` is one digit each, the place of the feeling in `feelings`; `groups.sizes` says how many.
A group is the comments of the square of `level` in which it stands.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from engagement.comments.acting.progress import said
from engagement.comments.map.bounds import Bounds
from engagement.comments.map.cells import cell_of, level_of, parent
from engagement.comments.map.clustering import STACK_LEVEL, Group, bounds_of
from engagement.comments.map.drawing import Drawing
from engagement.comments.selection import FEELINGS, Selection
from engagement.comments.words.first_words import first_words
from portal.geo.coordinates import Point

# A metre, as far as anybody can tell two pins apart.
DECIMALS = 5
LETTERS_OF_A_REFERENCE = 6
NOT_SAID = len(FEELINGS)


def as_geojson(drawing: Drawing, *, selection: Selection, letters: int) -> str:
    """Single comments with so many letters of their words, and clusters that say where their members are listed."""
    features = [_cluster(group, selection) for group in drawing.groups]
    features += [_pin(row, letters) for row in drawing.pins]
    collection: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if drawing.reach:
        collection["bbox"] = list(drawing.reach)
    return _json(collection)


def as_columns(drawing: Drawing) -> str:
    """The same for our own map, without words."""
    pins = drawing.pins
    groups = sorted((_at(group), group.size) for group in drawing.groups)
    levels = {level_of(group.cell) for group in drawing.groups} or {STACK_LEVEL}
    return _json(
        {
            "level": max(levels),
            "feelings": [*FEELINGS, ""],
            "pins": {
                "at": _steps(parent(row["cell"], STACK_LEVEL) for row in pins),
                "references": "".join(_six(row["reference"]) for row in pins),
                "feelings": "".join(str(_number(row["feeling"])) for row in pins),
            },
            "groups": {"at": _steps(cell for cell, _ in groups), "sizes": [size for _, size in groups]},
        }
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _at(group: Group) -> int:
    """Where the middle of a group is; kept inside its square, which the middle of one feeling may leave by rounding."""
    middle = cell_of(Point(group.latitude, group.longitude), STACK_LEVEL)
    level = level_of(group.cell)
    first = group.cell << 2 * (STACK_LEVEL - level)
    return min(max(middle, first), ((group.cell + 1) << 2 * (STACK_LEVEL - level)) - 1)


def _steps(cells: Iterable[int]) -> list[int]:
    before, steps = 0, []
    for cell in cells:
        steps.append(cell - before)
        before = cell
    return steps


def _six(reference: str) -> str:
    return reference.replace("-", "").ljust(LETTERS_OF_A_REFERENCE)[:LETTERS_OF_A_REFERENCE]


def _number(feeling: str) -> int:
    return FEELINGS.index(feeling) if feeling in FEELINGS else NOT_SAID


def _feature(latitude: float, longitude: float, properties: dict[str, Any]) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [round(longitude, DECIMALS), round(latitude, DECIMALS)]}
    return {"type": "Feature", "geometry": point, "properties": properties}


def _pin(row: dict[str, Any], letters: int) -> dict[str, Any]:
    properties = {
        "reference": row["reference"],
        "feeling": row["feeling"],
        "theme": row["theme__slug"],
        "title": first_words(row["start"], letters) if letters else "",
        "url": reverse("comment", args=[row["reference"]]),
    }
    if row["action"]:
        properties["action"] = said(row["action"])
    if row["is_example"]:
        properties["is_example"] = True
    return _feature(row["latitude"], row["longitude"], properties)


def _cluster(group: Group, selection: Selection) -> dict[str, Any]:
    properties = {"cluster": True, "count": group.size, "url": list_of(bounds_of(group.cell), selection)}
    return _feature(group.latitude, group.longitude, properties)


def list_of(bounds: Bounds, selection: Selection) -> str:
    """Where the comments of a part of the map are listed."""
    seen = selection.bounds.overlap(bounds) if selection.bounds else bounds
    return reverse("comments") + selection.at(seen).as_query()
