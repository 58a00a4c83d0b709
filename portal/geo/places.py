"""Finds the place somebody means by a few typed letters: a postcode or its beginning, or the name of a place or an area."""

import re
from typing import NamedTuple

from django.db.models import Avg

from portal.geo.coordinates import Point
from portal.geo.models import Area, NamedPlace, Postcode
from portal.geo.postcodes import normalise

_DISTRICT = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")
_SECTOR = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9])")


class Place(NamedTuple):
    """What a place is called, and its middle."""

    name: str
    point: Point


def find_place(typed: str, *, home: Place | None = None) -> Place | None:
    """The place that was typed, however it was spaced; `home` is the site's own village. None where we know none."""
    if normalise(typed):
        postcode = Postcode.objects.lookup(typed)
        return Place(postcode.code, postcode.point) if postcode else None
    wanted = _folded(typed)
    if not wanted:
        return None
    if home and _folded(home.name) == wanted:
        return home
    return _named(wanted) or _area(wanted) or _beginning(typed)


def _folded(name: str) -> str:
    """A name without its spaces, hyphens and capitals."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _named(wanted: str) -> Place | None:
    places = NamedPlace.objects.listed().with_a_point()
    return next((Place(one.name, one.point) for one in places if one.point and _folded(one.name) == wanted), None)


def _area(wanted: str) -> Place | None:
    """An area by its name; its middle is that of the box around it."""
    for name, west, south, east, north in Area.objects.values_list("name", "west", "south", "east", "north"):
        if _folded(name) == wanted:
            return Place(name, Point((south + north) / 2, (west + east) / 2))
    return None


def _beginning(typed: str) -> Place | None:
    """A postcode district ("SR8") or sector ("SR8 4"), in the middle of the postcodes that we know there."""
    said = " ".join(typed.upper().split())
    if _DISTRICT.fullmatch(said) and (found := _middle(said, f"{said} ")):
        return found
    sector = _SECTOR.fullmatch(said)
    return _middle(f"{sector[1]} {sector[2]}", f"{sector[1]} {sector[2]}") if sector else None


def _middle(name: str, beginning: str) -> Place | None:
    middle = Postcode.objects.beginning_with(beginning).aggregate(latitude=Avg("latitude"), longitude=Avg("longitude"))
    return Place(name, Point(**middle)) if middle["latitude"] is not None else None
