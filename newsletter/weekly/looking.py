"""Looks into the comments for the weekly mail and gives plain rows; sessions come through `newsletter.live`."""

from datetime import date, datetime

from django.utils.text import Truncator

from engagement.comments.models import Action, Consultation
from engagement.comments.opening import Opening
from newsletter import live
from newsletter.rendering.parts import Row
from portal.geo.models import Area


def done_since(first: datetime, last: datetime) -> tuple[Row, ...]:
    """What the partnership told of what it did between two moments, newest first."""
    found = Action.objects.published().said_between(first, last).newest_first()[: live.MOST]
    return tuple(
        Row(
            title=action.title,
            detail=f"{action.progress_said}. {Truncator(action.words).chars(live.LONGEST_DETAIL)}",
            url=action.get_absolute_url(),
            is_live=True,
        )
        for action in found
    )


def open_consultations(day: date, near: Area | None) -> tuple[Row, ...]:
    """Consultations that take answers on this day, and are about this place or about none."""
    asked = [one for one in Consultation.objects.beside_the_standing_one(day) if one.opening(day) == Opening.OPEN]
    return tuple(
        Row(
            title=one.name,
            detail=f"{one.question} {f'Open {one.days_said}.' if one.days_said else ''}".strip(),
            url=one.get_absolute_url(),
            is_live=True,
        )
        for one in asked
        if near is None or _reaches(one, near)
    )


def _reaches(consultation: Consultation, area: Area) -> bool:
    about = consultation.bounds
    if about is None:
        return True
    west, south, east, north = live.around(area)
    return about.west <= east and about.east >= west and about.south <= north and about.north >= south
