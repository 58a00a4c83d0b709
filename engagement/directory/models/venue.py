"""A place with a door, where things happen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from engagement.directory.features import FEATURES, Known
from engagement.directory.hours.opening import Hours, OpenLine, open_line
from engagement.directory.hours.school_year import SchoolYear
from engagement.directory.hours.words import LONGEST_VALUE, in_words, why_not
from engagement.directory.models.checking import CHECK_FIELDS, Checked
from engagement.directory.models.hours_exception import HoursException
from engagement.directory.models.venue_queries import VenueQuerySet
from portal import clock
from portal.geo.coordinates import Point
from portal.geo.outline import is_in_britain
from portal.geo.postcodes import normalise
from portal.privacy import PersonalData


def readable_hours(value: str) -> None:
    """Refuse opening hours that we cannot read, with what to write instead."""
    if reason := why_not(value, clock.now().date()):
        raise ValidationError(reason)


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
