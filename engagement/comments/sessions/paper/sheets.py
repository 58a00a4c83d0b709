"""The paper that goes to a session: the map with its squares, the numbered stickers, and the sheet to write on."""

import math
from typing import Any

from django.urls import reverse

from engagement.comments.models import EngagementEvent
from engagement.comments.sessions.paper.drawing import WIDE, Outline, Spot, draw_map
from engagement.comments.sessions.paper.entries import FEELINGS
from engagement.comments.sessions.paper.grid import scale_bar
from portal.emails.links import absolute
from portal.geo.models import Area, NamedPlace, Postcode
from portal.pages.settings import site_identity
from portal.pdf import qr_code, typeset

# An A3 sheet is an A4 sheet with every length times the square root of two.
SCALES = {"a4": 1.0, "a3": math.sqrt(2)}
MOST_IN_THE_INDEX = 24
# How much of the map's width fits into the column beside it.
BESIDE_THE_MAP = 0.18
OF_A_LABEL_SHEET = 189


def map_sheet(event: EngagementEvent, *, size: str) -> bytes:
    """The map of a session as a PDF of one landscape page, "a4" or "a3"."""
    ground = event.bounds
    outlines = [Outline(area.name, area.outline, area.is_home) for area in Area.objects.touching(*ground)]
    if event.consultation.outline:
        outlines.append(Outline(event.consultation.name, event.consultation.outline, True))
    places = [
        Spot(place.name, place.point)
        for place in NamedPlace.objects.listed().with_a_point().inside(*ground)
        if place.point
    ]
    postcodes = [Spot(postcode.code, postcode.point) for postcode in Postcode.objects.inside(*ground)]
    picture = draw_map(grid=event.grid, outlines=outlines, places=places, postcodes=postcodes)
    bar = scale_bar(event.grid.metres_wide, share=BESIDE_THE_MAP)
    values = {
        **_head_of(event),
        "scale": SCALES[size],
        "squares": event.grid.words,
        "bar_mm": bar / event.grid.metres_wide * WIDE,
        "bar_words": f"{bar:,} metres" if bar < 1000 else f"{bar / 1000:g} kilometre{'s' if bar > 1000 else ''}",
        "homes": [outline.name for outline in outlines if outline.is_home][:2],
        "has_next": any(not outline.is_home for outline in outlines),
        "has_postcodes": bool(postcodes),
        "index": picture.index[:MOST_IN_THE_INDEX],
        "left_out": max(0, len(picture.index) - MOST_IN_THE_INDEX),
        "alt": _in_words(event, picture.index),
    }
    return typeset("paper/session-map", values, pictures={"map.svg": picture.svg, **_qr(event)})


def sticker_sheet(event: EngagementEvent) -> bytes:
    """The numbers of a session on sheets of 189 labels of 25.4 by 10 millimetres, to print on labels or to cut out."""
    numbers = list(event.numbers)
    sheets = [numbers[start : start + OF_A_LABEL_SHEET] for start in range(0, len(numbers), OF_A_LABEL_SHEET)]
    return typeset("paper/stickers", {**_head_of(event), "sheets": sheets})


def writing_sheet(event: EngagementEvent) -> bytes:
    """A line of its own for each number: where, how it feels, the words, and a stroke for everybody who agrees."""
    values = {
        **_head_of(event),
        "squares": event.grid.words,
        "numbers": list(event.numbers),
        "feelings": list(FEELINGS.values()),
    }
    return typeset("paper/writing-sheet", values, pictures=_qr(event))


def _head_of(event: EngagementEvent) -> dict[str, Any]:
    """What stands on every sheet."""
    identity = site_identity()
    return {
        "site": f"{identity.name} in {identity.place_name}",
        "name": event.name,
        "place": event.place,
        "when": event.when,
        "code": event.code,
        "address": _address(event).split("://", 1)[-1],
        "question": event.consultation.question,
        "phone": identity.contact_phone,
        "first": event.numbers[0],
        "last": event.numbers[-1],
        "is_example": event.is_example,
    }


def _address(event: EngagementEvent) -> str:
    return absolute(reverse("comment_session", args=[event.code]))


def _qr(event: EngagementEvent) -> dict[str, bytes]:
    return {"qr.svg": qr_code(_address(event))}


def _in_words(event: EngagementEvent, index: list[tuple[str, str]]) -> str:
    """The map for somebody who cannot see it."""
    places = "; ".join(f"{name} in {square}" for name, square in index)
    return f"A map cut into squares from {event.grid.words}. {f'On it: {places}.' if places else ''}".strip()
