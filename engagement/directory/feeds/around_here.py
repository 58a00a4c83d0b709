"""Whereabouts somebody means: near a postcode or a named place, or the site's own village."""

from dataclasses import dataclass

from django.http import HttpRequest

from engagement.directory.lists.around import Box, box_around
from engagement.directory.lists.asking import UNKNOWN_PLACE, SessionsForm
from portal.geo.coordinates import Point
from portal.pages.settings import site_identity

MILES = 2
NOT_KNOWN = f"{UNKNOWN_PLACE}\n"


@dataclass(frozen=True)
class Here:
    """A village by its name, its middle, and the square around that which people call near."""

    name: str
    middle: Point
    box: Box


def around_here(request: HttpRequest) -> Here | None:
    """What `?near=` says, or the site's own area where it says nothing; None for a place that we do not know."""
    asked = SessionsForm(request.GET)
    if asked.point:
        return _around(asked.near_name, asked.point)
    if request.GET.get("near"):
        return None
    identity = site_identity()
    return _around(identity.place_name, Point(identity.latitude, identity.longitude))


def _around(name: str, middle: Point) -> Here:
    return Here(name, middle, box_around(middle, MILES))
