"""Looks into the comments for the weekly mail and gives plain rows, worded as an issue words them."""

from datetime import date, datetime

from engagement.comments.models import Action, Consultation
from engagement.comments.opening import Opening
from newsletter.rendering import live
from newsletter.rendering.parts import Row
from portal.geo.models import Area


def done_since(first: datetime, last: datetime) -> tuple[Row, ...]:
    """What the partnership told of what it did between two moments, newest first."""
    found = Action.objects.published().said_between(first, last).newest_first()[: live.MOST]
    return tuple(live.row_of_action(action) for action in found)


def open_consultations(day: date, near: Area | None) -> tuple[Row, ...]:
    """Consultations that take answers on this day, and are about this place or about none."""
    asked = [one for one in Consultation.objects.beside_the_standing_one(day) if one.opening(day) == Opening.OPEN]
    return tuple(live.row_of_consultation(one) for one in asked if near is None or _reaches(one, near))


def _reaches(consultation: Consultation, area: Area) -> bool:
    about = consultation.bounds
    if about is None:
        return True
    west, south, east, north = live.around(area)
    return about.west <= east and about.east >= west and about.south <= north and about.north >= south
