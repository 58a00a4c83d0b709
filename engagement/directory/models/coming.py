"""What comes in the next weeks, worked out ahead so that a list asks the database and no rule: openings and sessions.

Both tables are made from hours, rules and changes by `actions.coming` whenever those change and every night. They decide
which rows a list shows and in which order; the words on a row are always worked out afresh.
"""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Self, cast

from django.db import models
from django.db.models import Exists, OuterRef, Q

from engagement.directory.features import Known
from engagement.directory.lists.around import nearer_than
from engagement.directory.models.checking import OFF_THE_LIST_AFTER, unlooked_for
from engagement.directory.sessions import Move, Session
from portal.clock import LONDON
from portal.geo.coordinates import Point
from portal.privacy import NoPersonalData

# A column by its way from a session, and the answers that are wished for.
Question = tuple[str, tuple[str, ...]]


def _at_times(day: int | None, start: time | None, end: time | None, starts: str, ends: str) -> Q:
    wanted = Q() if day is None else Q(**{f"{starts}__iso_week_day": day + 1})
    if start is not None:
        wanted &= Q(**{f"{starts}__time__gte": start})
    return wanted if end is None else wanted & Q(**{f"{ends}__time__lte": end})


class OpeningQuerySet(models.QuerySet["Opening"]):
    """Ways to choose openings."""

    def certain(self) -> Self:
        return self.filter(is_certain=True)

    def at(self, now: datetime) -> Self:
        """Those under way at this moment."""
        return self.filter(opens_at__lte=now, closes_at__gt=now)

    def at_times(self, day: int | None, start: time | None, end: time | None) -> Self:
        """Those on this weekday (Monday is nought), not before one time and not beyond the other."""
        return self.filter(_at_times(day, start, end, "opens_at", "closes_at"))

    def touching(self, start: datetime, end: datetime) -> Self:
        """Those of which some part lies between two moments; where both are one, those under way at it."""
        begun = Q(opens_at__lt=end) if end > start else Q(opens_at__lte=start)
        return self.filter(begun, closes_at__gt=start)

    def soonest_of_each(self, now: datetime) -> Self:
        """The next certain opening of each venue that is not open now, the soonest first."""
        of_the_same = OpeningQuerySet(Opening).certain().filter(venue=OuterRef("venue_id"), closes_at__gt=now)
        earlier = of_the_same.filter(opens_at__lt=OuterRef("opens_at"))
        coming = self.certain().filter(~Exists(earlier), opens_at__gt=now)
        return coming.order_by("opens_at", "venue__name", "pk")


class Opening(models.Model):
    """A stretch of time in the coming two weeks in which a venue is open, or may be where that is not certain."""

    venue = models.ForeignKey("directory.Venue", on_delete=models.CASCADE, related_name="openings")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    is_certain = models.BooleanField()

    objects = OpeningQuerySet.as_manager()
    wagtail_reference_index_ignore = True
    personal_data = NoPersonalData(because="when a place is open is about nobody")

    class Meta:
        ordering = ["opens_at", "pk"]
        indexes = [
            models.Index(fields=["venue", "is_certain", "closes_at", "opens_at"], name="opening_of_venue"),
            models.Index(fields=["is_certain", "opens_at"], name="opening_soonest"),
            models.Index(fields=["closes_at", "opens_at"], name="opening_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.opens_at} to {self.closes_at}"


def answered(asked: Iterable[Question], *, or_not_known: bool = False) -> Q:
    """That each question is answered as wished; on request also that nobody has said."""
    wanted = Q()
    for field, wished in asked:
        wanted &= Q(**{f"{field}__in": [*wished, Known.NOT_KNOWN] if or_not_known else wished})
    return wanted


class ComingSessionQuerySet(models.QuerySet["ComingSession"]):
    """Ways to choose coming sessions."""

    def listed(self) -> Self:
        """Sessions of activities and at venues that everybody sees, with both."""
        seen = self.filter(schedule__activity__is_listed=True, venue__is_listed=True, venue__merged_into=None)
        return seen.select_related("schedule__activity", "venue")

    def cancelled(self) -> Self:
        return self.filter(is_cancelled=True)

    def taking_place(self) -> Self:
        return self.filter(is_cancelled=False)

    def at_times(self, day: int | None, start: time | None, end: time | None) -> Self:
        """Sessions on this weekday (Monday is nought), not before one time and not beyond the other."""
        return self.filter(_at_times(day, start, end, "starts_at", "ends_at"))

    def not_over(self, now: datetime) -> Self:
        return self.filter(over_at__gt=now)

    def with_rule_at(self, venue: models.Model) -> Self:
        """Sessions that their rule has at a venue, wherever they were moved to."""
        return self.filter(schedule__venue=venue)

    def starting_before(self, moment: datetime) -> Self:
        return self.filter(starts_at__lt=moment)

    def beginning_between(self, start: datetime, end: datetime) -> Self:
        return self.filter(starts_at__gte=start, starts_at__lt=end)

    def soonest_first(self) -> Self:
        return self.order_by("starts_at", "schedule__activity__name", "pk")

    def within_or_unplaced(self, west: float, south: float, east: float, north: float) -> Self:
        """Sessions at venues in a box of degrees, and at those whose point nobody knows."""
        inside = Q(venue__longitude__range=(west, east), venue__latitude__range=(south, north))
        return self.filter(inside | Q(venue__latitude=None)).select_related("schedule__venue")

    def at_or_from(self, venue: models.Model) -> Self:
        """Those that take place at a venue and those that its rules have there, wherever they were moved to."""
        return self.filter(models.Q(venue=venue) | models.Q(schedule__venue=venue))

    def at_venues(self, venues: Iterable[int]) -> Self:
        return self.filter(venue__in=venues)

    def about(self, theme: str) -> Self:
        return self.filter(schedule__activity__theme=theme)

    def vouched_for(self, now: datetime) -> Self:
        """Sessions of activities that somebody checked, or added, in the last 90 days."""
        return self.exclude(unlooked_for(OFF_THE_LIST_AFTER, now, "schedule__activity__"))

    def off_the_list(self, now: datetime) -> Self:
        """The others: nobody has checked their activity for 90 days."""
        return self.filter(unlooked_for(OFF_THE_LIST_AFTER, now, "schedule__activity__"))

    def answering(self, asked: Iterable[Question], *, or_not_known: bool = False) -> Self:
        """Sessions of which each question is answered as wished; on request also those where nobody has said."""
        return self.filter(answered(asked, or_not_known=or_not_known))

    def not_saying(self, asked: Iterable[Question]) -> Self:
        """Of sessions that may fit, those where nobody has said one of these things."""
        return self.filter(~Q(**{f"{field}__in": wished for field, wished in asked}))

    def nearer_than(self, metres: float, point: Point) -> Self:
        """Sessions at venues within so many metres of a point."""
        return cast(Self, nearer_than(self, metres, point, at="venue__"))

    def within(self, west: float, south: float, east: float, north: float) -> Self:
        """Sessions at a point that lies in a box of degrees."""
        return self.filter(venue__longitude__range=(west, east), venue__latitude__range=(south, north))


class ComingSession(models.Model):
    """One session of the coming five weeks, where and when it takes place after every change; a cancelled one stays.

    `session_on` is the day by its rule, which names it; `over_at` is its end or, where nobody said one, the end of its day.
    """

    schedule = models.ForeignKey("directory.Schedule", on_delete=models.CASCADE, related_name="coming")
    venue = models.ForeignKey("directory.Venue", on_delete=models.CASCADE, related_name="coming")
    session_on = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    over_at = models.DateTimeField()
    is_cancelled = models.BooleanField(default=False)
    is_moved = models.BooleanField(default=False)
    reason = models.CharField(max_length=160, blank=True)

    objects = ComingSessionQuerySet.as_manager()
    wagtail_reference_index_ignore = True
    personal_data = NoPersonalData(because="when something takes place is about nobody")

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["over_at", "starts_at"], name="coming_by_time"),
            models.Index(fields=["starts_at", "over_at"], name="coming_soonest"),
        ]

    def __str__(self) -> str:
        return f"{self.session_on}"

    @property
    def as_session(self) -> Session:
        """The session as a value, by London's clocks; needs its schedule and venue."""
        starts = self.starts_at.astimezone(LONDON)
        ends = self.ends_at.astimezone(LONDON) if self.ends_at else None
        return Session(self.session_on, starts, ends, self.is_cancelled, self.reason, self._move(starts, ends))

    def _move(self, starts: datetime, ends: datetime | None) -> Move | None:
        if not self.is_moved:
            return None
        place = self.venue.name if self.venue_id != self.schedule.venue_id else ""
        return Move(starts.date(), starts.time(), ends.time() if ends else None, self.venue_id, place)
