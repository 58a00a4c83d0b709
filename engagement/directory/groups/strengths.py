"""The strengths of the place as rows: groups by name, and the places where they run something."""

from collections.abc import Iterable

from engagement.directory.crowding import Crowd
from engagement.directory.listing import CardRow
from engagement.directory.models import Organisation, Venue

SHOWN = 3


def group_row(group: Organisation) -> CardRow:
    """A group in the list: what it is, for whom, and where it runs something; needs `with_work`."""
    kind = group.get_kind_display() if group.kind != Organisation.Kind.NOT_KNOWN else ""
    places = [venue.name for venue in group.places]
    more = f" and {len(places) - SHOWN} more" if len(places) > SHOWN else ""
    at = f"at {', '.join(places[:SHOWN])}{more}" if places else ""
    words = [kind, f"for {group.who_for}" if group.who_for else "", at]
    return CardRow(title=group.name, url=group.get_absolute_url(), meta=" · ".join(filter(None, words)))


def places_of(groups: Iterable[Organisation]) -> list[CardRow]:
    """Each place where one of these groups runs something, once, with who does; needs `with_work`."""
    who: dict[Venue, list[str]] = {}
    for group in groups:
        for venue in group.places:
            who.setdefault(venue, []).append(group.name)
    return [
        CardRow(title=venue.name, url=venue.get_absolute_url(), meta=", ".join(names), point=venue.point)
        for venue, names in who.items()
    ]


def map_feature(crowd: Crowd) -> dict[str, object]:
    """One point of the map of strengths, or a circle with a number."""
    row = crowd.rows[0]
    alone = {"title": row.title, "url": row.url, "meta": row.meta}
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [crowd.point.longitude, crowd.point.latitude]},
        "properties": {"cluster": True, "count": len(crowd.rows)} if len(crowd.rows) > 1 else alone,
    }
