"""Two entries side by side, field by field, and whose value somebody chose."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engagement.directory.features import FEATURES, Known
from engagement.directory.models import Likeness, Venue

FIRST, SECOND = "first", "second"
# What staff choose together, by one name.
GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "name": ("Name", ("name",)),
    "organisation": ("Group", ("organisation",)),
    "description": ("What it is", ("description",)),
    "address": ("Address", ("address",)),
    "postcode": ("Postcode", ("postcode",)),
    "point": ("Point on the map", ("latitude", "longitude")),
    "phone": ("Phone", ("phone",)),
    "email": ("E-mail", ("email",)),
    "website": ("Website", ("website",)),
    "opening_hours": ("Hours", ("opening_hours",)),
    "hours_text": ("Hours in their own words", ("hours_text",)),
    **{feature.field: (feature.label, (feature.field,)) for feature in FEATURES},
    "is_warm_space": ("A warm space", ("is_warm_space",)),
    "is_food_place": ("Free or cheap food", ("is_food_place",)),
    "is_advice_place": ("Advice", ("is_advice_place",)),
}
_NOTHING = (None, "", False, Known.NOT_KNOWN)


@dataclass(frozen=True)
class Line:
    """One field of both entries in words, whether they differ, and whose value is offered."""

    name: str
    label: str
    first: str
    second: str
    differs: bool
    offered: str


def lines(pair: Likeness, keep: str) -> list[Line]:
    """Every field; offered is the value of the entry to keep, unless it says nothing and the other does."""
    return [_line(pair, name, keep) for name in GROUPS]


def taken(pair: Likeness, keep: str, chosen: Mapping[str, str]) -> list[str]:
    """The columns in which the entry to keep gets the other's value, by the side that was chosen for each field."""
    other = SECOND if keep == FIRST else FIRST
    return [
        column
        for line in lines(pair, keep)
        if line.differs and chosen.get(line.name, line.offered) == other
        for column in GROUPS[line.name][1]
    ]


def fuller(pair: Likeness) -> str:
    """Which of the two says more, and so is offered to be kept."""
    return SECOND if _said(pair.second) > _said(pair.first) else FIRST


def _said(venue: Venue) -> int:
    return sum(getattr(venue, column) not in _NOTHING for _, columns in GROUPS.values() for column in columns)


def _line(pair: Likeness, name: str, keep: str) -> Line:
    label, columns = GROUPS[name]
    values = {side: [getattr(venue, column) for column in columns] for side, venue in _sides(pair)}
    other = SECOND if keep == FIRST else FIRST
    says_nothing = all(value in _NOTHING for value in values[keep])
    return Line(
        name=name,
        label=label,
        first=_in_words(pair.first, name, values[FIRST]),
        second=_in_words(pair.second, name, values[SECOND]),
        differs=values[FIRST] != values[SECOND],
        offered=other if says_nothing else keep,
    )


def _sides(pair: Likeness) -> tuple[tuple[str, Venue], tuple[str, Venue]]:
    return (FIRST, pair.first), (SECOND, pair.second)


def _in_words(venue: Venue, name: str, values: list[Any]) -> str:
    if name == "opening_hours":
        return venue.hours_in_words
    if name == "point":
        return f"{venue.latitude:.5f}, {venue.longitude:.5f}" if venue.point else ""
    (value,) = values
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(Known(value).label) if value in Known.values else str(value or "")
