"""Which places hear that an entry is said to be wrong: those with a keeper or an e-mail address, and no others."""

from collections.abc import Iterable

from engagement.directory.models import Activity, Correction, Schedule, Venue


def places_of(entry: Venue | Activity) -> list[Venue]:
    """The place itself, or those at which something takes place."""
    return [entry] if isinstance(entry, Venue) else list(Venue.objects.listed().hosting(entry))


def is_place_told(entry: Venue | Activity) -> bool:
    return Venue.objects.reachable().filter(pk__in=[venue.pk for venue in places_of(entry)]).exists()


def told(corrections: Iterable[Correction]) -> list[tuple[Correction, list[str]]]:
    """Each with the names of the places that hear of it."""
    some = list(corrections)
    reached = Venue.objects.reachable()
    own = dict(reached.filter(pk__in=[one.venue_id for one in some if one.venue_id]).values_list("pk", "name"))
    at: dict[int, list[str]] = {}
    theirs = Schedule.objects.listed().filter(activity__in=[one.activity_id for one in some if one.activity_id])
    for activity, name in theirs.filter(venue__in=reached).values_list("activity", "venue__name").distinct():
        at.setdefault(activity, []).append(name)
    return [
        (one, at.get(one.activity_id, []) if one.activity_id else [own[pk] for pk in (one.venue_id,) if pk in own])
        for one in some
    ]
