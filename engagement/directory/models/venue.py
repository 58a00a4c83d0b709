"""A place with a door, where things happen."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Self
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, When
from django.urls import reverse

from engagement.directory.features import FEATURES, Feature, Known
from engagement.directory.hours.opening import Hours, OpenLine, open_line
from engagement.directory.hours.school_year import SchoolYear
from engagement.directory.hours.words import LONGEST_VALUE, in_words, why_not
from engagement.directory.models.asked import AskedQuerySet
from engagement.directory.models.checking import CHECK_FIELDS, Checked
from engagement.directory.models.coming import Opening
from engagement.directory.models.hours_exception import HoursException
from portal import clock
from portal.geo.coordinates import Point
from portal.geo.outline import is_in_britain
from portal.geo.postcodes import normalise
from portal.privacy import PersonalData


def _is_open(start: datetime, end: datetime) -> Exists:
    return Exists(Opening.objects.certain().touching(start, end).filter(venue=OuterRef("pk")))


def readable_hours(value: str) -> None:
    """Refuse opening hours that we cannot read, with what to write instead."""
    if reason := why_not(value, clock.now().date()):
        raise ValidationError(reason)


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

    def within_or_unplaced(self, west: float, south: float, east: float, north: float) -> Self:
        """Venues in a box of degrees, and those whose point nobody knows."""
        inside = Q(longitude__range=(west, east), latitude__range=(south, north))
        return self.filter(inside | Q(latitude=None))

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
        found = self
        for word in query.split()[:8]:
            found = found.filter(
                Q(name__icontains=word)
                | Q(description__icontains=word)
                | Q(address__icontains=word)
                | Q(postcode__icontains=word)
            )
        return found


class Venue(Checked):
    """A hall, a café, a church: where it is, when it is open and what it offers.

    `opening_hours` is an OSM value that we read, or empty where the hours are not known; `hours_text` is what the venue
    wrote, and `hours_proposed` our reading of it until somebody takes it. `as_imported` holds each field as its source last
    had it, so that an import never undoes what staff put right, and `source_row` all that the source said.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "directory.Organisation", null=True, blank=True, on_delete=models.SET_NULL, related_name="venues"
    )
    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=180, unique=True)
    description = models.TextField(blank=True)
    address = models.CharField(max_length=250, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField("e-mail", blank=True)
    website = models.URLField(max_length=300, blank=True)
    opening_hours = models.CharField(max_length=LONGEST_VALUE, blank=True, validators=[readable_hours])
    hours_proposed = models.CharField(max_length=LONGEST_VALUE, blank=True, validators=[readable_hours])
    hours_text = models.TextField("hours in the venue’s own words", blank=True)
    free_entry = models.CharField("free to come in", max_length=9, choices=Known, default=Known.NOT_KNOWN)
    food = models.CharField("food or a hot drink", max_length=9, choices=Known, default=Known.NOT_KNOWN)
    step_free = models.CharField("no steps to get in", max_length=9, choices=Known, default=Known.NOT_KNOWN)
    toilets = models.CharField(max_length=9, choices=Known, default=Known.NOT_KNOWN)
    wifi = models.CharField("wifi", max_length=9, choices=Known, default=Known.NOT_KNOWN)
    children_welcome = models.CharField(max_length=9, choices=Known, default=Known.NOT_KNOWN)
    dementia_friendly = models.CharField(max_length=9, choices=Known, default=Known.NOT_KNOWN)
    is_food_place = models.BooleanField("free or cheap food", default=False, help_text="A meal, a pantry, a fridge.")
    is_advice_place = models.BooleanField(
        "advice", default=False, help_text="Somebody helps with money, a home, papers."
    )
    is_warm_space = models.BooleanField("a warm space", default=False, help_text="Anybody may come in and get warm.")
    is_listed = models.BooleanField("show it to everybody", default=True)
    source = models.CharField(max_length=60, blank=True)
    source_key = models.CharField(max_length=120, unique=True, null=True, blank=True)
    as_imported = models.JSONField(default=dict, blank=True)
    source_row = models.JSONField(default=dict, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged", editable=False
    )

    objects = VenueQuerySet.as_manager()
    live_exceptions: list[HoursException]
    wagtail_reference_index_ignore = True
    personal_data = PersonalData(
        purpose="To tell residents where a place is and whom to ring there; a small group may give its own number.",
        kept="as long as the place is in the directory",
        erased="the venue's words and contacts are blanked on request",
        exported=False,
        fields=("description", "phone", "email", "hours_text", "as_imported", "source_row", "checked_by"),
        impersonal=(
            *("name", "slug", "address", "postcode", "latitude", "longitude", "website", "opening_hours"),
            "hours_proposed",
            *("free_entry", "food", "step_free", "toilets", "wifi", "children_welcome", "dementia_friendly"),
            *("is_food_place", "is_advice_place", "is_warm_space", "is_listed", "source", "source_key"),
            *("public_id", "organisation", "merged_into", *CHECK_FIELDS),
        ),
    )

    class Meta:
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["is_listed", "is_warm_space", "name"], name="venue_by_name"),
            models.Index(fields=["is_listed", "checked_at", "added_at"], name="venue_by_check"),
            models.Index(fields=["latitude", "longitude"], name="venue_by_point"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("venue", args=[self.slug])

    def clean(self) -> None:
        if self.postcode:
            self.postcode = _written(self.postcode)
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"longitude": "Give both latitude and longitude, or neither."})
        if self.point and not is_in_britain(self.point):
            raise ValidationError(
                {"latitude": "This point is not in Britain. Are latitude and longitude the wrong way round?"}
            )

    @property
    def point(self) -> Point | None:
        if self.latitude is None or self.longitude is None:
            return None
        return Point(self.latitude, self.longitude)

    @property
    def street(self) -> str:
        """The address without the venue's own name, which stands above it."""
        return self.address.removeprefix(self.name).strip(" ,")

    @property
    def where(self) -> str:
        """The street and the postcode in one line."""
        return f"{self.street} {self.postcode}".strip()

    @property
    def where_now(self) -> "Venue":
        """The venue that this one became, however many steps away; itself where it is still its own."""
        way = [self]
        while (became := way[-1].merged_into) and became not in way:
            way.append(became)
        return way[-1]

    @property
    def offers(self) -> list[str]:
        """What it is known to offer, in a few words each."""
        return [feature.short for feature in FEATURES if getattr(self, feature.field) == Known.YES]

    @property
    def known_features(self) -> list[tuple[str, str]]:
        """Each feature's label with yes, no or not known."""
        return [(feature.label, str(Known(getattr(self, feature.field)).label)) for feature in FEATURES]

    def not_put_right(self, words: Mapping[str, Any]) -> dict[str, Any]:
        """Of a source's new words, those for fields that staff have left as the source had them."""
        blank = Venue()
        return {
            name: value
            for name, value in words.items()
            if getattr(self, name) == self.as_imported.get(name, getattr(blank, name))
        }

    def hours(self, schools: SchoolYear) -> Hours:
        """All that is known of its hours; needs `with_exceptions`."""
        return Hours(self.opening_hours, tuple(one.as_exceptional for one in self.live_exceptions), schools)

    def open_line(self, now: datetime, schools: SchoolYear) -> OpenLine:
        return open_line(self.hours(schools), now)

    @property
    def proposed_hours_in_words(self) -> str:
        """What would be the usual hours, read back."""
        return in_words(Hours(self.hours_proposed), clock.now().date())

    @property
    def hours_in_words(self) -> str:
        """The usual hours, read back."""
        return in_words(Hours(self.opening_hours), clock.now().date())


def _written(postcode: str) -> str:
    if code := normalise(postcode):
        return code
    raise ValidationError({"postcode": "Enter a postcode like SR8 4LX, or leave this empty."})
