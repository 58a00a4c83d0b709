"""Rows of the directory for pages that others own, such as the front page."""

from typing import Any

from django import template

from engagement.directory.listing import CardRow, days_ahead, nearest_now
from portal import clock
from portal.geo.coordinates import Point

register = template.Library()
A_WEEK = 7


@register.simple_tag(takes_context=True)
def warm_now(context: dict[str, Any], limit: int = 3) -> list[CardRow]:
    """A few warm spaces near the middle of the site's map: open ones first, then those that open soonest; one query."""
    identity = context["identity"]
    return nearest_now(clock.now(), Point(identity.latitude, identity.longitude), limit=limit)


@register.simple_tag
def upcoming_sessions(limit: int = 3) -> list[CardRow]:
    """The next session of each of a few activities, with its day; cancelled ones stay and say so; one query."""
    first_of_each: dict[str, CardRow] = {}
    for day in days_ahead(clock.now(), days=A_WEEK):
        for row in day.rows:
            first_of_each.setdefault(row.url, row.on(day.name))
    return list(first_of_each.values())[:limit]
