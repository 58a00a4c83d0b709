"""Ways to choose venues: by what they offer, when they are open, where they are."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Self, cast
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, When

from engagement.directory.features import Feature, Known
from engagement.directory.lists.around import nearer_than
from engagement.directory.models.asked import AskedQuerySet
from engagement.directory.models.coming import Opening
from engagement.directory.models.hours_exception import HoursException
from portal.fulltext import Index, known
from portal.geo.coordinates import Point

if TYPE_CHECKING:
    from engagement.directory.models.venue import Venue

DESCRIBED = known(Index("venues_described", "directory_venue", ("name", "description", "address", "postcode")))
NAMED = known(Index("venues_named", "directory_venue", ("name",)))


def _is_open(start: datetime, end: datetime) -> Exists:
    return Exists(Opening.objects.certain().touching(start, end).filter(venue=OuterRef("pk")))


class VenueQuerySet(AskedQuerySet["Venue"]):
    """Ways to choose venues."""

    def listed(self) -> Self:
        """Venues that everybody sees; one that was found to be another is seen there."""
        return self.filter(is_listed=True, merged_into=None)

    def on_offer(self, present: int | None) -> Self:
        """Venues that staff may choose: those that everybody sees, and the one that is chosen now."""
        return self.filter(Q(is_listed=True, merged_into=None) | Q(pk=present))

    def merged(self) -> Self:
        """Venues that were found to be another."""
        return self.exclude(merged_into=None)

    def unmerged(self) -> Self:
        return self.filter(merged_into=None)

    def with_exceptions(self, first: date) -> Self:
        """With what was said about single days from `first` on."""
        live = HoursException.objects.live().from_day(first).in_order()
        return self.prefetch_related(Prefetch("exceptions", queryset=live, to_attr="live_exceptions"))

    def open_in(self, start: datetime, end: datetime) -> Self:
        """Venues that are open at some time between two moments, which may be one and the same, for certain."""
        return self.filter(_is_open(start, end))

    def perhaps_open_in(self, start: datetime, end: datetime) -> Self:
        """Those, and those of which we do not know: nobody gave hours, or they say to ring first."""
        # Midnight ends a day, and begins none of the window.
        last = max(start, end - timedelta(microseconds=1)).date()
        said = HoursException.objects.live().filter(first_on__lte=start.date(), last_on__gte=last)
        nobody_said = Q(opening_hours="") & ~Exists(said.filter(venue=OuterRef("pk")))
        return self.filter(Exists(Opening.objects.touching(start, end).filter(venue=OuterRef("pk"))) | nobody_said)

    def never_open_after(self, now: datetime) -> Self:
        """Venues that are not open now nor, for certain, in the weeks worked out ahead."""
        later = Opening.objects.certain().filter(closes_at__gt=now)
        return self.filter(~Exists(later.filter(venue=OuterRef("pk"))))

    def soonest_open_first(self, now: datetime) -> Self:
        """Open ones first, then those that open soonest, then the rest; every one is asked, so for a few only."""
        later = Opening.objects.certain().filter(venue=OuterRef("pk"), closes_at__gt=now).order_by("closes_at")
        found = self.alias(opens_next=Subquery(later.values("opens_at")[:1]))
        turn = Case(When(opens_next__lte=now, then=0), When(opens_next__gt=now, then=1), default=2)
        waits = Case(When(opens_next__gt=now, then=F("opens_next")))
        return found.order_by(turn, waits, "name", "pk")

    def warm(self) -> Self:
        """Venues where anybody may come in and get warm."""
        return self.filter(is_warm_space=True)

    def with_food(self) -> Self:
        """Venues that are there for food, or have some."""
        return self.filter(Q(is_food_place=True) | Q(food=Known.YES))

    def with_advice(self) -> Self:
        return self.filter(is_advice_place=True)

    def not_saying(self, features: Iterable[Feature], window: tuple[datetime, datetime] | None) -> Self:
        """Of venues that may fit, those that do not for certain: one thing asked of them is not known."""
        sure = Q(**{feature.field: Known.YES for feature in features})
        return self.filter(~(sure & Q(_is_open(*window)) if window else sure))

    def offering(self, features: Iterable[Feature], *, or_not_known: bool = False) -> Self:
        """Venues that say yes to each of these; on request also those that have not said."""
        answers = [Known.YES, Known.NOT_KNOWN] if or_not_known else [Known.YES]
        return self.filter(**{f"{feature.field}__in": answers for feature in features})

    def within(self, west: float, south: float, east: float, north: float) -> Self:
        """Venues whose point lies in a box of degrees."""
        return self.filter(longitude__range=(west, east), latitude__range=(south, north))

    def nearer_than(self, metres: float, point: Point) -> Self:
        """Venues within so many metres of a point."""
        return cast(Self, nearer_than(self, metres, point))

    def beyond(self, west: float, south: float, east: float, north: float) -> Self:
        """All others: those outside the box, and those whose point nobody knows."""
        return self.exclude(longitude__range=(west, east), latitude__range=(south, north))

    def within_or_unplaced(self, west: float, south: float, east: float, north: float) -> Self:
        """Venues in a box of degrees, and those whose point nobody knows."""
        inside = Q(longitude__range=(west, east), latitude__range=(south, north))
        return self.filter(inside | Q(latitude=None))

    def open_at_times(self, day: int | None, start: time | None, end: time | None) -> Self:
        """Venues that open, for certain, on this weekday (Monday is nought) and between these times, in the next weeks."""
        there = Opening.objects.certain().at_times(day, start, end)
        return self.filter(Exists(there.filter(venue=OuterRef("pk"))))

    def of_group(self, group: UUID, place: UUID) -> Self:
        """Venues of a group by its number; or the one of this number itself, where no group keeps it."""
        return self.filter(Q(organisation__public_id=group) | Q(public_id=place, organisation=None))

    def from_source(self, key: str) -> "Venue | None":
        """The venue that an import knows by this key."""
        return self.filter(source_key=key).first()

    def for_lists(self) -> Self:
        """Without the long words, which a list does not show."""
        return self.defer("description", "hours_text", "as_imported", "source_row")

    def with_proposed_hours(self) -> Self:
        """Venues whose own words we have read, which nobody has confirmed yet."""
        return self.exclude(hours_proposed="").filter(merged_into=None).order_by("name", "pk")

    def asking_schools(self) -> Self:
        """Venues whose hours keep to the term or to the school holidays."""
        return self.filter(opening_hours__regex=r"(^|[ ;,])SH ")

    def by_name(self) -> Self:
        return self.order_by("name", "pk")

    def with_words(self, query: str) -> Self:
        """Venues that have every one of these words in their name, description or address."""
        return self.filter(DESCRIBED.holding(query))

    def named(self, words: Iterable[str]) -> Self:
        """Venues that have every one of these words, as search takes them apart, in their name."""
        return self.filter(NAMED.holding_words(words))
