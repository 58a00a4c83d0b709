"""Something that happens at one or more venues, once or again and again."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Self
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, Max, OuterRef, Prefetch, Q, Subquery
from django.urls import reverse
from modelcluster.models import ClusterableModel

from engagement.directory.features import Known
from engagement.directory.models.checking import CHECK_FIELDS, Checked, CheckedQuerySet
from engagement.directory.models.coming import ComingSession
from engagement.directory.models.schedule import Schedule
from engagement.directory.models.session_change import SessionChange
from engagement.directory.models.venue import Venue
from engagement.directory.themes import Theme
from portal.fulltext import Index, known, words_in
from portal.privacy import PersonalData

DESCRIBED = known(Index("activities_described", "directory_activity", ("name", "description", "who_for")))


class ActivityQuerySet(CheckedQuerySet["Activity"]):
    """Ways to choose activities."""

    def listed(self) -> Self:
        """Activities that everybody sees, at a venue that everybody sees."""
        return self.filter(Exists(Schedule.objects.listed().filter(activity=OuterRef("pk"))), is_listed=True)

    def unscheduled(self) -> Self:
        """Activities of which no time is known: people have to ring."""
        return self.exclude(Exists(Schedule.objects.timed().filter(activity=OuterRef("pk"))))

    def happening_at(self, day: int | None, start: time | None, end: time | None) -> Self:
        """Activities that take place on this weekday (Monday is nought) and between these times, in the next weeks."""
        coming = ComingSession.objects.taking_place().at_times(day, start, end)
        return self.filter(Exists(coming.filter(schedule__activity=OuterRef("pk"))))

    def for_ages(self, youngest: float | None, oldest: float | None) -> Self:
        """Activities that say from and to which age, no younger and no older than these."""
        found = self if youngest is None else self.filter(youngest__gte=youngest)
        return found if oldest is None else found.filter(oldest__lte=oldest)

    def of_group(self, group: UUID, place: UUID) -> Self:
        """Activities of a group by its number; where no group runs one, those at the place of this number."""
        there = Schedule.objects.listed().filter(activity=OuterRef("pk"), venue__public_id=place)
        return self.filter(Q(organisation__public_id=group) | Q(Exists(there), organisation=None))

    def with_schedules(self, first: date, last: date) -> Self:
        """With where and when, and what was said about the dates between these days."""
        listed = Schedule.objects.listed().with_changes(first, last).in_order()
        return self.prefetch_related(Prefetch("schedules", queryset=listed, to_attr="live_schedules"))

    def with_places(self) -> Self:
        """With where and when by its rules, without what was said about single dates."""
        listed = Schedule.objects.listed().select_related("venue").in_order()
        return self.prefetch_related(Prefetch("schedules", queryset=listed, to_attr="live_schedules"))

    def at(self, venue: Venue) -> Self:
        return self.filter(schedules__venue=venue).distinct()

    def at_some_of(self, venues: models.QuerySet[Venue]) -> Self:
        return self.filter(Exists(Schedule.objects.filter(activity=OuterRef("pk"), venue__in=venues.values("pk"))))

    def about(self, theme: str) -> Self:
        return self.filter(theme=theme)

    def by_name(self) -> Self:
        return self.order_by("name", "pk")

    def with_words(self, query: str) -> Self:
        """Activities that have every one of these words in their name, words or venue."""
        words = words_in(query)
        found = self if words else self.filter(DESCRIBED.holding(query))
        for word in words:
            there = Schedule.objects.filter(venue__in=Venue.objects.named([word]).values("pk"))
            found = found.filter(DESCRIBED.holding_words([word]) | Q(pk__in=there.values("activity")))
        return found

    def with_words_or_run_by(self, query: str, groups: models.QuerySet[models.Model]) -> Self:
        """Activities that have these words, and all that these groups run."""
        with_words = Activity.objects.with_words(query).values("pk")
        return self.filter(Q(pk__in=with_words) | Q(organisation__in=groups.values("pk")))

    def named(self, slugs: Iterable[str]) -> Self:
        return self.filter(slug__in=list(slugs))

    def soonest_between(self, start: datetime, end: datetime) -> Self:
        """Activities with a session, even one that is off, that begins between two moments of the weeks worked out ahead, the
        one that begins soonest first; a rule at a venue that nobody sees does not count."""
        coming = ComingSession.objects.beginning_between(start, end).filter(
            schedule__in=Schedule.objects.listed(), schedule__activity=OuterRef("pk")
        )
        first = coming.order_by("starts_at").values("starts_at")[:1]
        return self.annotate(first_at=Subquery(first)).exclude(first_at=None).order_by("first_at", "name", "pk")

    def changed_since(self, moment: datetime) -> Self:
        """Activities of which the words, a rule or a date changed; taking back counts too."""
        said = SessionChange.objects.said_since(moment).filter(schedule__activity=OuterRef("pk"))
        when = Schedule.objects.filter(activity=OuterRef("pk"), updated_at__gte=moment)
        return self.filter(Q(updated_at__gte=moment) | Q(Exists(said)) | Q(Exists(when)))

    def with_last_said(self) -> Self:
        """With `last_made_at` and `last_undone_at`: when something was last said about a date, and last taken back."""
        said = SessionChange.objects.filter(schedule__activity=OuterRef("pk")).order_by().values("schedule__activity")
        made, undone = (said.annotate(at=Max(name)).values("at") for name in ("made_at", "undone_at"))
        return self.annotate(last_made_at=Subquery(made), last_undone_at=Subquery(undone))


class Activity(Checked, ClusterableModel):
    """A café, a group, a class, an advice session: what it is, what it costs, whom it is for and how to come.

    Where and when are its schedules. It is what Open Referral calls a service.
    """

    class Audience(models.TextChoices):
        EVERYBODY = "everybody", "everybody"
        MEN = "men", "men"
        WOMEN = "women", "women"
        NOT_KNOWN = "not_known", "not known"

    class HowToCome(models.TextChoices):
        JUST_COME = "just_come", "Just come"
        RING_FIRST = "ring_first", "Ring or write first"
        BOOK = "book", "Book a place"
        BE_REFERRED = "be_referred", "Somebody has to refer you"
        NOT_KNOWN = "not_known", "Not known"

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "directory.Organisation", null=True, blank=True, on_delete=models.SET_NULL, related_name="activities"
    )
    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=180, unique=True)
    theme = models.CharField("what it is about", max_length=9, choices=Theme, blank=True)
    description = models.TextField(blank=True)
    cost = models.CharField(max_length=120, blank=True, help_text="Such as “Free” or “£3.50 with a hot drink”.")
    free_entry = models.CharField("free", max_length=9, choices=Known, default=Known.NOT_KNOWN)
    food = models.CharField("food or a hot drink", max_length=9, choices=Known, default=Known.NOT_KNOWN)
    children_welcome = models.CharField(max_length=9, choices=Known, default=Known.NOT_KNOWN)
    dementia_friendly = models.CharField(max_length=9, choices=Known, default=Known.NOT_KNOWN)
    audience = models.CharField("a group for", max_length=9, choices=Audience, default=Audience.NOT_KNOWN)
    who_for = models.CharField("who it is for", max_length=160, blank=True)
    youngest = models.PositiveSmallIntegerField("youngest age", null=True, blank=True)
    oldest = models.PositiveSmallIntegerField("oldest age", null=True, blank=True)
    how_to_come = models.CharField(max_length=11, choices=HowToCome, default=HowToCome.NOT_KNOWN)
    what_to_expect = models.TextField("what to expect the first time", blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField("e-mail", blank=True)
    website = models.URLField(max_length=300, blank=True)
    is_listed = models.BooleanField("show it to everybody", default=True)

    objects = ActivityQuerySet.as_manager()
    live_schedules: list[Schedule]
    wagtail_reference_index_ignore = True
    personal_data = PersonalData(
        purpose="To tell residents what there is and whom to ring; a small group may give its own number.",
        kept="as long as the activity is in the directory",
        erased="the activity's contacts are blanked on request",
        exported=False,
        fields=("description", "phone", "email", "checked_by"),
        impersonal=(
            *("public_id", "organisation", "name", "slug", "theme", "cost", "free_entry", "food", "children_welcome"),
            *("dementia_friendly", "audience", "who_for", "youngest", "oldest", "how_to_come", "what_to_expect"),
            *("website", "is_listed", *CHECK_FIELDS),
        ),
    )

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "activities"
        permissions = [("run_session", "Can say that a session is off")]
        indexes = [
            models.Index(fields=["is_listed", "theme", "name"], name="activity_by_theme"),
            models.Index(fields=["is_listed", "checked_at", "added_at"], name="activity_by_check"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.youngest is not None and self.oldest is not None and self.youngest > self.oldest:
            raise ValidationError({"oldest": "The oldest age is below the youngest. Give it as at least that age."})

    def get_absolute_url(self) -> str:
        return reverse("activity", args=[self.slug])

    @property
    def schedule_in_words(self) -> str:
        """Every time it takes place: "Every Wednesday, 11:30am to 1:30pm"; needs `with_schedules` or `with_places`."""
        return "; ".join(dict.fromkeys(schedule.schedule_in_words for schedule in self.live_schedules))

    @property
    def venues(self) -> list[Venue]:
        """Where it takes place, each once; needs `with_schedules` or `with_places`."""
        return list(dict.fromkeys(schedule.venue for schedule in self.live_schedules))

    @property
    def places_in_words(self) -> str:
        """The names of its venues; needs `with_schedules` or `with_places`."""
        return ", ".join(venue.name for venue in self.venues)
