"""Where and when an activity takes place: one rule at one venue."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Self, cast
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch
from modelcluster.fields import ParentalKey

from engagement.directory import recurrence
from engagement.directory.hours.school_year import SchoolYear, Season
from engagement.directory.lists.around import nearer_than
from engagement.directory.models.session_change import SessionChange
from engagement.directory.sessions import Rule, Session, sessions
from portal.geo.coordinates import Point
from portal.privacy import NoPersonalData

FIRST_YEAR = 2000


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    """Ways to choose schedules."""

    def listed(self) -> Self:
        """Schedules of activities that everybody sees, at venues that everybody sees."""
        return self.filter(activity__is_listed=True, venue__is_listed=True, venue__merged_into=None)

    def timed(self) -> Self:
        """Schedules whose time is known."""
        return self.filter(starts_on__isnull=False, starts_at__isnull=False)

    def at(self, venue: models.Model) -> Self:
        return self.filter(venue=venue)

    def of(self, activity: models.Model, only: Iterable[int] | None = None) -> Self:
        """The schedules of one activity; some of them, by number, where they are given."""
        found = self.filter(activity=activity)
        return found if only is None else found.filter(pk__in=list(only))

    def with_changes(self, first: date, last: date) -> Self:
        """With what was said about the dates between these days, and with activity and venue."""
        live = SessionChange.objects.live().touching(first, last).select_related("moved_venue")
        return self.select_related("activity", "venue").prefetch_related(
            Prefetch("changes", queryset=live, to_attr="live_changes")
        )

    def for_calendars(self) -> Self:
        """With activity and venue and all that was ever said about its dates, which `live_changes` narrows down."""
        said = SessionChange.objects.select_related("moved_venue").order_by("session_on", "pk")
        return self.select_related("activity", "venue").prefetch_related(
            Prefetch("changes", queryset=said, to_attr="all_changes"),
            Prefetch("changes", queryset=said.live(), to_attr="live_changes"),
        )

    def numbered(self, numbers: Iterable[int]) -> Self:
        return self.filter(pk__in=list(numbers))

    def of_activity_called(self, slug: str) -> Self:
        return self.filter(activity__slug=slug)

    def about(self, theme: str) -> Self:
        """Schedules of activities about a theme."""
        return self.filter(activity__theme=theme)

    def ever_moved_to(self, venue: models.Model) -> Self:
        """Schedules of another venue with a date that is moved to this one, or was before something else was said of it."""
        said = SessionChange.objects.filter(schedule=models.OuterRef("pk"), moved_venue=venue.pk)
        return self.exclude(venue=venue).filter(models.Exists(said))

    def at_or_moved_to(self, venue: models.Model) -> Self:
        """Schedules at a venue, and those of others with a date that was moved to it."""
        live = SessionChange.objects.live().filter(schedule=models.OuterRef("pk"), moved_venue=venue.pk)
        return self.filter(models.Q(venue=venue) | models.Exists(live))

    def nearer_than(self, metres: float, point: Point) -> Self:
        """Schedules at venues within so many metres of a point."""
        return cast(Self, nearer_than(self, metres, point, at="venue__"))

    def called(self, number: UUID) -> "Schedule | None":
        """The one with this number."""
        return self.filter(public_id=number).first()

    def of_activities(self, activities: models.QuerySet[models.Model]) -> Self:
        return self.filter(activity__in=activities)

    def by_name(self) -> Self:
        return self.order_by("activity__name", "position", "pk")

    def asking_schools(self) -> Self:
        """Schedules that keep to the term or to the school holidays."""
        return self.exclude(season=Season.ALL_YEAR.value)

    def in_order(self) -> Self:
        return self.order_by("position", "pk")


class Schedule(models.Model):
    """One rule by which an activity takes place at one venue; an activity has as many as it needs.

    Without a first day and a time nobody knows when, and the page says to ring. `recurrence` is an RRULE without its
    start; empty, it happens once. `sequence` counts its changes, for calendars.
    """

    SEASONS = [
        (Season.ALL_YEAR.value, "all year"),
        (Season.TERM_TIME.value, "in term time only"),
        (Season.SCHOOL_HOLIDAYS.value, "in the school holidays only"),
    ]

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    activity = ParentalKey("directory.Activity", on_delete=models.CASCADE, related_name="schedules")
    venue = models.ForeignKey("directory.Venue", on_delete=models.CASCADE, related_name="schedules")
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    recurrence = models.CharField("rule", max_length=recurrence.LONGEST_RULE, blank=True)
    starts_on = models.DateField("first day", null=True, blank=True)
    starts_at = models.TimeField("from", null=True, blank=True)
    ends_at = models.TimeField("to", null=True, blank=True)
    season = models.CharField(
        "in which part of the year", max_length=15, choices=SEASONS, default=Season.ALL_YEAR.value
    )
    skips_bank_holidays = models.BooleanField("not on bank holidays", default=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ScheduleQuerySet.as_manager()
    live_changes: list[SessionChange]
    all_changes: list[SessionChange]
    wagtail_reference_index_ignore = True
    personal_data = NoPersonalData(because="when a group meets is about nobody")

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["activity", "position"], name="schedule_in_order")]

    def __str__(self) -> str:
        return f"{self.schedule_in_words}, {self.venue}"

    def clean(self) -> None:
        if reason := recurrence.why_not(self.recurrence):
            raise ValidationError({"recurrence": reason})
        if self.recurrence and not self.has_time:
            raise ValidationError({"starts_on": "Give the first day and the time, so that we know when it happens."})
        if self.starts_on and self.starts_on.year < FIRST_YEAR:
            raise ValidationError({"starts_on": f"Give a day from {FIRST_YEAR} on."})
        if self.ends_at is not None and self.ends_at == self.starts_at:
            raise ValidationError({"ends_at": "Give a time after the start, or leave this empty."})

    @property
    def has_time(self) -> bool:
        return self.starts_on is not None and self.starts_at is not None

    @property
    def rule(self) -> Rule | None:
        """The rule as a value; None where the time is not known."""
        if self.starts_on is None or self.starts_at is None:
            return None
        return Rule(
            recurrence=self.recurrence,
            starts_on=self.starts_on,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            season=Season(self.season),
            skips_bank_holidays=self.skips_bank_holidays,
        )

    @property
    def schedule_in_words(self) -> str:
        return recurrence.in_words(self.rule)

    def sessions(self, first: date, last: date, schools: SchoolYear) -> list[Session]:
        """The sessions between two days; needs `with_changes` over at least these days."""
        changes = [change.as_change for change in self.live_changes]
        return sessions(self.rule, changes=changes, first=first, last=last, schools=schools)

    def next_sessions(self, now: datetime, schools: SchoolYear, *, count: int, within: timedelta) -> list[Session]:
        """The next few sessions that are not over, cancelled ones among them."""
        coming = self.sessions(now.date() - timedelta(days=1), now.date() + within, schools)
        return [session for session in coming if not session.is_over(now)][:count]
