"""The board of what nobody has checked lately: venues and activities together; first those that nobody can be asked of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Value

from engagement.directory.models import Activity, Keeper, Schedule, Venue
from engagement.directory.models.checking import OFF_THE_LIST_AFTER, REMIND_AFTER, STALE_AFTER

VENUE, ACTIVITY = "venue", "activity"
KINDS = (VENUE, ACTIVITY)
COLUMNS = ("kind", "number", "title", "is_reachable", "sure_at", "key")


@dataclass(frozen=True)
class Band:
    """Entries that nobody has checked for at least so long, and less than the next band."""

    key: str
    label: str
    least: timedelta
    most: timedelta | None


BANDS = (
    Band("off", "90 days and more: off the lists", OFF_THE_LIST_AFTER, None),
    Band("stale", "60 to 90 days: pages say so", STALE_AFTER, OFF_THE_LIST_AFTER),
    Band("due", "28 to 60 days: we ask", REMIND_AFTER, STALE_AFTER),
)
BY_KEY = {band.key: band for band in BANDS}


@dataclass(frozen=True)
class BoardRow:
    """One overdue entry with whom to ask, and who was asked when."""

    kind: str
    entry: Venue | Activity
    sure_at: datetime
    is_reachable: bool
    band: Band
    places: list[Venue]
    keepers: list[Keeper]

    @property
    def phone(self) -> str:
        return self.entry.phone or next((place.phone for place in self.places if place.phone), "")

    @property
    def asked_at(self) -> datetime | None:
        places, keepers = [one.reminded_at for one in self.places], [one.reminded_at for one in self.keepers]
        return max((moment for moment in places + keepers if moment), default=None)


def overdue(now: datetime, band: Band | None = None) -> list[tuple[Any, Any]]:
    """Every overdue entry as a row of columns: those without keeper or e-mail first, then the longest unchecked.

    Two stretches, each of venues and activities woven into one.
    """
    every = ((Venue.objects.listed().with_reach(), VENUE), (_activities(), ACTIVITY))
    venues, activities = (_columns(found, kind, now, band) for found, kind in every)
    return [(venues.filter(is_reachable=one), activities.filter(is_reachable=one)) for one in (False, True)]


def how_many(now: datetime) -> int:
    """How many entries are overdue, in one question."""
    venues, activities = (
        _of(found, now, None).order_by().values("pk") for found in (Venue.objects.listed(), Activity.objects.listed())
    )
    number: int = venues.union(activities, all=True).count()
    return number


def counts(now: datetime) -> list[tuple[Band, int]]:
    """How many are in each band."""
    return [
        (band, sum(_of(found, now, band).count() for found in (Venue.objects.listed(), Activity.objects.listed())))
        for band in BANDS
    ]


def unreachable(now: datetime) -> int:
    """How many of the overdue have neither keeper nor e-mail."""
    return sum(
        _of(found, now, None).filter(is_reachable=False).count()
        for found in (Venue.objects.listed().with_reach(), _activities())
    )


def rows(some: Sequence[dict[str, Any]], now: datetime) -> list[BoardRow]:
    """The entries of one page with all that the board shows; six queries, however many they are."""
    numbers = {kind: [one["number"] for one in some if one["kind"] == kind] for kind in KINDS}
    venues = Venue.objects.in_bulk(numbers[VENUE])
    activities = {one.pk: one for one in Activity.objects.filter(pk__in=numbers[ACTIVITY]).with_places()}
    places = {VENUE: {pk: [venue] for pk, venue in venues.items()}}
    places[ACTIVITY] = {pk: one.venues for pk, one in activities.items()}
    keepers: dict[int, list[Keeper]] = {}
    there = {venue.pk for by_number in places.values() for several in by_number.values() for venue in several}
    for keeper in Keeper.objects.active().filter(venue__in=there).in_order():
        keepers.setdefault(keeper.venue_id, []).append(keeper)
    found: dict[str, dict[int, Any]] = {VENUE: dict(venues), ACTIVITY: dict(activities)}
    return [
        BoardRow(
            kind=one["kind"],
            entry=found[one["kind"]][one["number"]],
            sure_at=one["sure_at"],
            is_reachable=one["is_reachable"],
            band=_band(one["sure_at"], now),
            places=places[one["kind"]][one["number"]],
            keepers=[k for venue in places[one["kind"]][one["number"]] for k in keepers.get(venue.pk, [])],
        )
        for one in some
        if one["number"] in found[one["kind"]]
    ]


def entry_of(kind: str, pk: int) -> Venue | Activity | None:
    """The entry that an address names; None where there is none."""
    if kind == VENUE:
        return Venue.objects.filter(pk=pk).first()
    return Activity.objects.filter(pk=pk).first() if kind == ACTIVITY else None


def _activities() -> Any:
    reached = Venue.objects.reachable().values("pk")
    at_one = Schedule.objects.filter(activity=OuterRef("pk"), venue__in=reached)
    return Activity.objects.listed().annotate(is_reachable=Exists(at_one) | ~Q(email=""))


def _of(found: Any, now: datetime, band: Band | None) -> Any:
    least, most = (band.least, band.most) if band else (REMIND_AFTER, None)
    return found.unchecked_for(least, now, less_than=most)


def _columns(found: Any, kind: str, now: datetime, band: Band | None) -> Any:
    key = F("pk") * len(KINDS) + KINDS.index(kind)
    columns = _of(found, now, band).annotate(kind=Value(kind), number=F("pk"), title=F("name"), key=key)
    return columns.order_by("sure_at", "title", "key").values(*COLUMNS)


def _band(sure_at: datetime, now: datetime) -> Band:
    return next(band for band in BANDS if sure_at < now - band.least)
