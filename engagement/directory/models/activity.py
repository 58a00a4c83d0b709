"""Something that happens at a venue, once or again and again."""

from datetime import date, datetime, timedelta
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse

from engagement.directory import recurrence
from engagement.directory.models.session_change import SessionChange
from engagement.directory.models.venue import Venue
from engagement.directory.schedule import Session, sessions
from portal.privacy import NoPersonalData

FIRST_YEAR = 2000


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Ways to choose activities."""

    def listed(self) -> Self:
        """Activities that everybody sees, at venues that everybody sees."""
        return self.filter(is_listed=True, venue__is_listed=True)

    def scheduled(self) -> Self:
        """Activities whose time is known."""
        return self.filter(starts_on__isnull=False, starts_at__isnull=False)

    def unscheduled(self) -> Self:
        """Activities that people have to ring about."""
        return self.filter(Q(starts_on__isnull=True) | Q(starts_at__isnull=True))

    def with_changes(self, first: date, last: date) -> Self:
        """With what was said about the dates between these days, and with the venue."""
        live = SessionChange.objects.live().between(first, last)
        return self.select_related("venue").prefetch_related(Prefetch("changes", queryset=live, to_attr="live_changes"))

    def at(self, venue: Venue) -> Self:
        return self.filter(venue=venue)

    def by_name(self) -> Self:
        return self.order_by("name", "pk")

    def with_words(self, query: str) -> Self:
        """Activities that have every one of these words in their name, words or venue."""
        found = self
        for word in query.split()[:8]:
            found = found.filter(
                Q(name__icontains=word)
                | Q(description__icontains=word)
                | Q(who_for__icontains=word)
                | Q(venue__name__icontains=word)
            )
        return found


class Activity(models.Model):
    """A café, a group, a class: what it is, what it costs, and the rule of its times.

    Without a first day and a time the schedule is not known, and the page says to ring. `recurrence` is an RRULE without
    its start; empty, it happens once.
    """

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="activities")
    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=180, unique=True)
    description = models.TextField(blank=True)
    cost = models.CharField(max_length=120, blank=True, help_text="Such as “Free” or “£3.50 with a hot drink”.")
    who_for = models.CharField("who it is for", max_length=160, blank=True)
    what_to_expect = models.TextField("what to expect the first time", blank=True)
    recurrence = models.CharField("rule", max_length=recurrence.LONGEST_RULE, blank=True)
    starts_on = models.DateField("first day", null=True, blank=True)
    starts_at = models.TimeField("from", null=True, blank=True)
    ends_at = models.TimeField("to", null=True, blank=True)
    is_listed = models.BooleanField("show it to everybody", default=True)

    objects = ActivityQuerySet.as_manager()
    live_changes: list[SessionChange]
    wagtail_reference_index_ignore = True
    personal_data = NoPersonalData(because="what a group offers to the public is about nobody")

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "activities"
        permissions = [("run_session", "Can say that a session is off")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("activity", args=[self.slug])

    def clean(self) -> None:
        if reason := recurrence.why_not(self.recurrence):
            raise ValidationError({"recurrence": reason})
        if self.recurrence and not self.has_schedule:
            raise ValidationError({"starts_on": "Give the first day and the time, so that we know when it happens."})
        if self.starts_on and self.starts_on.year < FIRST_YEAR:
            raise ValidationError({"starts_on": f"Give a day from {FIRST_YEAR} on."})
        if self.ends_at is not None and self.ends_at == self.starts_at:
            raise ValidationError({"ends_at": "Give a time after the start, or leave this empty."})

    @property
    def has_schedule(self) -> bool:
        return self.starts_on is not None and self.starts_at is not None

    @property
    def schedule_in_words(self) -> str:
        return recurrence.in_words(
            rule=self.recurrence, starts_on=self.starts_on, starts_at=self.starts_at, ends_at=self.ends_at
        )

    def sessions(self, first: date, last: date) -> list[Session]:
        """The sessions between two days; needs `with_changes` over at least these days."""
        return sessions(
            rule=self.recurrence,
            starts_on=self.starts_on,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            changes=[change.as_change for change in self.live_changes],
            first=first,
            last=last,
        )

    def next_sessions(self, now: datetime, *, count: int, within: timedelta) -> list[Session]:
        """The next few sessions that are not over, cancelled ones among them."""
        coming = self.sessions(now.date() - timedelta(days=1), now.date() + within)
        return [session for session in coming if not session.is_over(now)][:count]
