"""What people are asked about: the standing conversation, other consultations, and themes."""

from datetime import date, time
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from engagement.comments.map.bounds import Bounds
from engagement.comments.opening import Opening, days_said, opening_on, why_not
from portal.clock import say_times
from portal.geo.models import Area
from portal.privacy import NoPersonalData


class ThemeQuerySet(models.QuerySet["Theme"]):
    """Ways to choose themes."""

    def active(self) -> Self:
        """What a resident can choose from."""
        return self.filter(is_active=True)

    def active_or_chosen(self, consultation: "Consultation") -> Self:
        """What staff tick for a consultation: what is offered to residents, and what it names already."""
        if consultation.pk is None:
            return self.active()
        return self.filter(Q(is_active=True) | Q(pk__in=consultation.themes.values("pk")))

    def in_use(self, consultation: "Consultation") -> Self:
        """Themes that published comments of this consultation have, offered or not."""
        return self.filter(comments__consultation=consultation, comments__status="published").distinct()


class Theme(models.Model):
    """What a comment is about. Staff keep the list."""

    name = models.CharField(max_length=60)
    slug = models.SlugField(max_length=60, unique=True, help_text="The name in addresses, such as streets_and_bins.")
    is_active = models.BooleanField("offer it to residents", default=True)
    position = models.PositiveSmallIntegerField(default=100, help_text="Themes with a lower number come first.")
    is_sensitive = models.BooleanField(
        "show its places roughly",
        default=False,
        help_text="For what could point at somebody's door: the public pin moves to the middle of a 50 metre square.",
    )

    objects = ThemeQuerySet.as_manager()
    personal_data = NoPersonalData(because="a theme is a word of ours")

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Ways to choose consultations."""

    def standing(self) -> "Consultation":
        """The village's own conversation, which is always there."""
        return self.get(is_standing=True)

    def named(self, slug: str) -> Self:
        return self.filter(slug=slug)

    def listed(self) -> Self:
        """All but the village's own that are not kept to those who have their address."""
        return self.filter(is_listed=True, is_standing=False)

    def shown_to_everybody(self) -> Self:
        """The village's own conversation and every other that is not kept to those who have its address; newest end first."""
        return self.filter(Q(is_standing=True) | Q(is_listed=True)).order_by(
            "-is_standing", F("closes_on").desc(nulls_first=True), "name"
        )

    def beside_the_standing_one(self, day: date) -> Self:
        """Other consultations that everybody is shown, open ones first; one that closed over a year ago is not among them."""
        fresh = Q(closes_on__isnull=True) | Q(closes_on__gte=day.replace(year=day.year - 1, day=min(day.day, 28)))
        return self.filter(fresh, is_listed=True, is_standing=False).order_by(
            F("closes_on").desc(nulls_first=True), "name"
        )

    def to_plan_for(self, day: date, *, kept: "Consultation | None" = None) -> Self:
        """What a session can be planned for: shown to everybody and not closed; and the one that it has already."""
        last = Q(closes_on__isnull=True) | Q(closes_on__gte=day)
        still = Q(is_standing=True) | (last & Q(is_listed=True, is_open=True))
        return self.filter(still | Q(pk=kept.pk) if kept else still)

    def versions(self, slug: str) -> dict[int, int]:
        """How often each of these has changed: the one with this slug or, without one, all that everybody is shown."""
        found = self.named(slug) if slug else self.filter(is_listed=True)
        return dict(found.order_by("pk").values_list("pk", "version"))


class Consultation(models.Model):
    """A conversation about a place. An unlisted one is shown only to those who have its address."""

    class Moderation(models.TextChoices):
        PRE = "pre", "Somebody reads each comment before it is shown"
        POST = "post", "Shown at once while somebody is there, and read afterwards"

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    question = models.TextField(max_length=500, blank=True, help_text="What is asked, in a sentence or two.")
    about = models.TextField(max_length=3000, blank=True, help_text="What it is for, and what becomes of the answers.")
    opens_on = models.DateField("first day", null=True, blank=True)
    closes_on = models.DateField("last day", null=True, blank=True, help_text="It closes by itself after this day.")
    area = models.ForeignKey(
        "geo.Area", null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Where it is about."
    )
    themes = models.ManyToManyField(Theme, blank=True, help_text="What can be chosen; every theme where none is named.")
    moderation = models.CharField("who reads first", max_length=4, choices=Moderation, default="pre")
    staffed_from = models.TimeField("somebody is there from", default=time(9))
    staffed_until = models.TimeField("until", default=time(17))
    is_standing = models.BooleanField(default=False, editable=False)
    is_listed = models.BooleanField("show it to everybody", default=False)
    is_open = models.BooleanField("take new comments", default=True)
    outline = models.JSONField(null=True, blank=True, help_text="GeoJSON geometry in WGS84")
    west = models.FloatField(null=True, blank=True)
    south = models.FloatField(null=True, blank=True)
    east = models.FloatField(null=True, blank=True)
    north = models.FloatField(null=True, blank=True)

    # Counts every change of what everybody can see here, so that kept answers know when they are old.
    version = models.PositiveBigIntegerField(default=0, editable=False)

    objects = ConsultationQuerySet.as_manager()
    personal_data = NoPersonalData(because="it is the partnership's own question")

    class Meta:
        ordering = ["-is_standing", "name"]
        constraints = [
            models.UniqueConstraint(fields=["is_standing"], condition=Q(is_standing=True), name="comments_one_standing")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("comments") if self.is_standing else reverse("consultation", args=[self.slug])

    def opening(self, day: date) -> Opening:
        """Whether it takes comments on this day, in London."""
        return opening_on(day, is_open=self.is_open, opens_on=self.opens_on, closes_on=self.closes_on)

    def why_not(self, day: date) -> str:
        """Why it takes no comment on this day, in a sentence; nothing where it does."""
        return why_not(self.opening(day), opens_on=self.opens_on, closes_on=self.closes_on)

    @property
    def days_said(self) -> str:
        return days_said(self.opens_on, self.closes_on)

    @property
    def staffed_said(self) -> str:
        """When somebody is there on working days: "9am to 5pm"."""
        return say_times(self.staffed_from, self.staffed_until)

    def offered_themes(self) -> ThemeQuerySet:
        """What can be chosen here: its own themes, or every active one where none is named."""
        own = self.themes.active()
        return own if own.exists() else Theme.objects.active()

    def themes_on(self, day: date) -> ThemeQuerySet:
        """What its own page lists: what can be chosen or, once it is closed, what it was about."""
        if self.opening(day) in {Opening.OPEN, Opening.COMING}:
            return self.offered_themes()
        return self.themes.all() if self.themes.exists() else Theme.objects.in_use(self)

    def lie_in(self, area: Area | None) -> None:
        """Be about this area: its outline and its edges become the consultation's own; any place will do without one."""
        self.area = area
        self.outline = area.outline if area else None
        self.west, self.south, self.east, self.north = (
            (area.west, area.south, area.east, area.north) if area else (None, None, None, None)
        )

    @property
    def bounds(self) -> Bounds | None:
        """The area that comments may be about; none where any place will do."""
        if self.west is None or self.south is None or self.east is None or self.north is None:
            return None
        return Bounds(self.west, self.south, self.east, self.north)

    @property
    def as_feature(self) -> dict[str, Any] | None:
        """Its area for a map: the outline, or else the rectangle around it."""
        geometry = self.outline or (self.bounds and self.bounds.as_polygon)
        return {"type": "Feature", "geometry": geometry, "properties": {"name": self.name}} if geometry else None
