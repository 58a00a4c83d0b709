"""Rows of the directory for pages that others own, such as the front page."""

from typing import Any

from django import template

from engagement.directory.lists.rows import CardRow
from engagement.directory.lists.short import coming_soon, warm_around
from portal import clock
from portal.changes import remembered
from portal.geo.coordinates import Point

register = template.Library()


@register.simple_tag(takes_context=True)
def warm_now(context: dict[str, Any], limit: int = 3) -> list[CardRow]:
    """A few warm spaces near the middle of the site's map: open ones first, then those that open soonest."""
    middle = _middle(context)
    return remembered(f"{limit} warm now around {middle}", lambda: warm_around(middle, clock.now(), most=limit))


@register.simple_tag(takes_context=True)
def upcoming_sessions(context: dict[str, Any], limit: int = 3) -> list[CardRow]:
    """The next session of each of a few activities near by, with its day; cancelled ones stay and say so."""
    middle = _middle(context)
    return remembered(f"{limit} coming soon around {middle}", lambda: coming_soon(middle, clock.now(), most=limit))


def _middle(context: dict[str, Any]) -> Point:
    return Point(context["identity"].latitude, context["identity"].longitude)
