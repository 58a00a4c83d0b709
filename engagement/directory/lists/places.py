"""Places that fit a question: one selection behind the list, its numbers and the map; which rows is the database's to say."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from engagement.directory.lists.around import MILES, box_around, further, has_enough, metres_squared
from engagement.directory.lists.map import View, features
from engagement.directory.lists.off import called_off
from engagement.directory.lists.rows import CardRow, venue_row
from engagement.directory.lists.wanted import Wanted, What, When
from engagement.directory.models import Opening, SchoolBreak, Venue
from engagement.directory.models.venue_queries import VenueQuerySet
from portal.geo.coordinates import METRES_IN_A_MILE, Point
from portal.paging import Page, counted, page_of

A_DAY = timedelta(days=1)
A_PAGE = 50
CLOSE_TO_HOME = 10  # miles
Numbers = QuerySet[Any, Any]


class Places:
    """The answer to one question at one moment; it asks the database for what is read, and no more.

    `home` is the middle of the site's own area, around which a list begins that nobody asked from anywhere.
    """

    def __init__(self, wanted: Wanted, now: datetime, *, home: Point | None = None) -> None:
        self.wanted, self.now, self.window, self.home = wanted, now, wanted.window(now), home

    @cached_property
    def miles(self) -> int | None:
        """How far around the point the list reaches: as asked, else until there is enough; None is everywhere."""
        if self.wanted.near is None or self.wanted.miles:
            return self.wanted.miles if self.wanted.near else None
        anywhere = self._fresh(self._fitting)
        return next((miles for miles in MILES if has_enough(self._inside(anywhere, miles))), None)

    @property
    def further(self) -> int | None:
        return further(self.miles)

    @cached_property
    def count(self) -> int:
        return counted(self.chosen)

    @cached_property
    def not_known(self) -> int:
        """How many more would show that have not said what was asked."""
        wanted = self.wanted
        if wanted.takes_not_known or not (wanted.features or self.window):
            return 0
        return counted(self._near(self._fresh(self._perhaps).not_saying(wanted.features, self.window)))

    @cached_property
    def unchecked(self) -> int:
        """How many more would show that nobody has checked for 90 days."""
        return 0 if self.wanted.takes_unchecked else counted(self._near(self._fitting.off_the_list(self.now)))

    @property
    def chosen(self) -> VenueQuerySet:
        """Every place that fits, in no order."""
        return self._near(self._fresh(self._fitting))

    def page(self, asked: Mapping[str, str]) -> Page[CardRow]:
        """Nearest first where there is a point. Else those around home: open ones, then those that open soonest, then the
        rest; and then all others, the nearest first.
        """
        found = page_of(*self._in_order(self.chosen), asked=asked, size=A_PAGE)
        return found.showing(list(self._rows(row["number"] for row in found).values()))

    def on_the_map(self, view: View) -> dict[str, Any]:
        """The same places as GeoJSON, as far as they lie in the view."""
        found = self.chosen.within(*view.box) if view.box else self.chosen
        return features(found, view, self._rows)

    def first(self, most: int, *, around: Point, miles: int) -> list[int]:
        """The numbers of a few places for a short list: those close by before all others."""
        close = self.chosen.within(*box_around(around, miles))
        found = list(close.soonest_open_first(self.now).values_list("pk", flat=True)[:most])
        if len(found) < most:
            rest = _nearest_first(self.chosen.exclude(pk__in=found), around)
            found += rest.values_list("pk", flat=True)[: most - len(found)]
        return found

    def _rows(self, numbers: Iterable[int]) -> dict[int, CardRow]:
        return rows_of(numbers, self.now, near=self.wanted.near)

    @property
    def _place(self) -> VenueQuerySet:
        found = Venue.objects.listed()
        match self.wanted.what:
            case What.WARM:
                return found.warm()
            case What.FOOD:
                return found.with_food()
            case What.ADVICE:
                return found.with_advice()
            case _:
                return found

    @property
    def _sure(self) -> VenueQuerySet:
        found = self._place.offering(self.wanted.features)
        return found.open_in(*self.window) if self.window else found

    @property
    def _perhaps(self) -> VenueQuerySet:
        found = self._place.offering(self.wanted.features, or_not_known=True)
        return found.perhaps_open_in(*self.window) if self.window else found

    @property
    def _fitting(self) -> VenueQuerySet:
        return self._perhaps if self.wanted.takes_not_known else self._sure

    def _fresh(self, found: VenueQuerySet) -> VenueQuerySet:
        return found if self.wanted.takes_unchecked else found.vouched_for(self.now)

    def _near(self, found: VenueQuerySet) -> VenueQuerySet:
        return found if self.miles is None else self._inside(found, self.miles)

    def _inside(self, found: VenueQuerySet, miles: int) -> VenueQuerySet:
        assert self.wanted.near is not None
        return found.nearer_than(miles * METRES_IN_A_MILE, self.wanted.near)

    @property
    def home_miles(self) -> int | None:
        """How far around home the list looks first, where nobody said from where."""
        return CLOSE_TO_HOME if self.wanted.near is None and self.home else None

    def _in_order(self, found: VenueQuerySet) -> list[Numbers]:
        """Stretches of the list, each as the numbers of places with what it is ordered by.

        How far each is has to be worked out for all within reach of the point, on every page; that does not grow with depth.
        """
        if self.wanted.near:
            return [_nearest_first(found, self.wanted.near)]
        if self.home is None:
            return self._soonest_first(found)
        around = box_around(self.home, CLOSE_TO_HOME)
        return [*self._soonest_first(found.within(*around)), _nearest_first(found.beyond(*around), self.home)]

    def _soonest_first(self, found: VenueQuerySet) -> list[Numbers]:
        if self.wanted.when is When.NOW and not self.wanted.takes_not_known:
            return [_by_name(found)]
        soon = Opening.objects.soonest_of_each(self.now).filter(Exists(found.filter(pk=OuterRef("venue_id"))))
        return [
            _by_name(found.open_in(self.now, self.now)),
            soon.values("opens_at", "venue__name", "pk", number=F("venue_id")),
            _by_name(found.never_open_after(self.now)),
        ]


def _by_name(found: VenueQuerySet) -> Numbers:
    return found.by_name().values("name", "pk", number=F("pk"))


def _nearest_first(found: VenueQuerySet, point: Point) -> Numbers:
    far = F("far").asc(nulls_last=True)
    nearest = found.annotate(far=metres_squared(point)).order_by(far, "name", "pk")
    return nearest.values("far", "name", "pk", number=F("pk"))


def rows_of(numbers: Iterable[int], now: datetime, *, near: Point | None = None) -> dict[int, CardRow]:
    """Rows of these places in this order, their words worked out now; four queries, however many."""
    wanted = list(numbers)
    venues = Venue.objects.filter(pk__in=wanted).for_lists().with_exceptions((now - A_DAY).date())
    there, schools = {venue.pk: venue for venue in venues}, SchoolBreak.objects.year()
    off = called_off(now, wanted)
    return {pk: venue_row(there[pk], now, schools, near=near, off=off.get(pk)) for pk in wanted if pk in there}
