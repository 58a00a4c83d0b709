"""The strengths of the place as rows: groups by name, and the places where they run something."""

from collections.abc import Iterable

from engagement.directory.crowding import Dot, crowds
from engagement.directory.lists.rows import CardRow
from engagement.directory.models import Organisation, Venue
from portal.geo.coordinates import Point

SHOWN = 3


def group_row(group: Organisation) -> CardRow:
    """A group in the list: what it is, for whom, and where it runs something; needs `with_work`."""
    kind = group.get_kind_display() if group.kind != Organisation.Kind.NOT_KNOWN else ""
    places = [venue.name for venue in group.places]
    more = f" and {len(places) - SHOWN} more" if len(places) > SHOWN else ""
    at = f"at {', '.join(places[:SHOWN])}{more}" if places else ""
    words = [kind, f"for {group.who_for}" if group.who_for else "", at]
    return CardRow(title=group.name, url=group.get_absolute_url(), meta=" · ".join(filter(None, words)))


def features_of(groups: Iterable[Organisation], zoom: int | None) -> list[dict[str, object]]:
    """The map of strengths: each place where one of these groups runs something, with who does; needs `with_work`.

    Places that a thumb could not tell apart at this zoom are a circle with a number.
    """
    venues: dict[int, Venue] = {}
    who: dict[int, list[str]] = {}
    for group in groups:
        for venue in group.places:
            venues[venue.pk] = venue
            who.setdefault(venue.pk, []).append(group.name)
    dots = [Dot(venue.point, venue.pk) for venue in venues.values() if venue.point]
    return [
        _feature(crowd.first.point, crowd.size, venues.get(crowd.alone or 0), who.get(crowd.alone or 0, []))
        for crowd in crowds(dots, zoom)
    ]


def _feature(point: Point, size: int, venue: Venue | None, who: list[str]) -> dict[str, object]:
    told: dict[str, object] = {"cluster": True, "count": size}
    if venue:
        told = {"title": venue.name, "url": venue.get_absolute_url(), "meta": ", ".join(who)}
    geometry = {"type": "Point", "coordinates": [point.longitude, point.latitude]}
    return {"type": "Feature", "geometry": geometry, "properties": told}
