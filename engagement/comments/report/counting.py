"""Counts what was said in a consultation, for its report: by place, theme, feeling, and how it came to us."""

from collections import Counter
from collections.abc import Callable
from functools import cache

from engagement.comments.map.inside import is_inside
from engagement.comments.models import Consultation, PlaceComment
from engagement.comments.report.numbers import Numbers, arrange
from portal.geo.coordinates import Point, distance_metres
from portal.geo.models import NamedPlace

# A pin this near to a place of the list counts for it, where no place was named.
NEAR_METRES = 200
# Spots of about ten metres are looked up once.
DECIMALS = 4

SOURCES = {
    "web": "On the website",
    "session": "On paper, at a session",
    "paper": "On paper",
    "staff": "Told to one of us",
}
SOURCES["import"] = "From a file"
ELSEWHERE, NOT_SAID = "Somewhere else", "Not said"


def numbers_of(consultation: Consultation) -> Numbers:
    """What may be published of everything that everybody can read in it; places, themes and feelings by their names."""
    places = _places_of(consultation)
    nearest = _finder(list(NamedPlace.objects.listed()))
    said, sources = Counter(), Counter()
    rows = PlaceComment.objects.published().in_consultation(consultation).for_report()
    for place, theme, feeling, source, event, latitude, longitude in rows:
        where = place or (nearest(round(latitude, DECIMALS), round(longitude, DECIMALS)) if latitude else "")
        said[where or ELSEWHERE, theme or NOT_SAID, feelings_said(feeling)] += 1
        sources[SOURCES["session" if event else source]] += 1
    return arrange(
        said,
        sources=sources,
        places=[place.name for place in places],
        themes=[theme.name for theme in consultation.offered_themes()],
        feelings=[label for _, label in PlaceComment.Feeling.choices],
    )


def _places_of(consultation: Consultation) -> list[NamedPlace]:
    """The places that it asks about: those in its area, or every one for the conversation that is always open."""
    places = NamedPlace.objects.listed()
    if consultation.bounds is None:
        return list(places) if consultation.is_standing else []
    bounds, outline = consultation.bounds, consultation.outline
    return [place for place in places if place.point and is_inside(place.point, bounds=bounds, outline=outline)]


def feelings_said(feeling: str) -> str:
    return dict(PlaceComment.Feeling.choices).get(feeling, NOT_SAID)


def _finder(places: list[NamedPlace]) -> Callable[[float, float], str]:
    """Finds the name of the nearest place to a spot; nothing where none is near."""
    points = [(place.point, place.name) for place in places if place.point]

    @cache
    def nearest(latitude: float, longitude: float) -> str:
        here = Point(latitude, longitude)
        metres, name = min(
            ((distance_metres(here, point), name) for point, name in points), default=(NEAR_METRES + 1, "")
        )
        return name if metres <= NEAR_METRES else ""

    return nearest
