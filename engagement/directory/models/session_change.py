"""What was said about one date of a schedule: no session, another time or place, or a note."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from engagement.directory.models.checking import OFF_THE_LIST_AFTER, unlooked_for
from engagement.directory.models.coming import Question, answered
from engagement.directory.sessions import Change, Move
from portal.privacy import PersonalData


class SessionChangeQuerySet(models.QuerySet["SessionChange"]):
    """Ways to choose changes."""

    def live(self) -> Self:
        """Changes that nobody took back."""
        return self.filter(undone_at__isnull=True)

    def of(self, schedule: models.Model, on: date) -> Self:
        """What was said about one session, named by the day of its rule."""
        return self.filter(schedule=schedule, session_on=on)

    def said_together(self, together: UUID) -> Self:
        """What was said in one go."""
        return self.filter(together=together)

    def said_with(self, several: Iterable[UUID]) -> Self:
        """What was said in any of several goes, soonest first."""
        return self.filter(together__in=list(several)).order_by("session_on", "pk")

    def given_way_to(self, change: "SessionChange") -> Self:
        """What was said of a session until another change took its place, in one deed."""
        before = self.filter(schedule=change.schedule_id, session_on=change.session_on, undone_at=change.made_at)
        return before.exclude(kind=SessionChange.Kind.CANCELLED).order_by("-pk")

    def said_in_one_go(self) -> Self:
        """Those that were said with others, each such group after the other, soonest first in each."""
        return self.filter(together__isnull=False).order_by("together", "session_on", "pk")

    def about(self, activity: models.Model) -> Self:
        return self.filter(schedule__activity=activity)

    def from_day(self, first: date) -> Self:
        """About sessions from this day on, by their rule."""
        return self.filter(session_on__gte=first)

    def with_activity(self) -> Self:
        return self.select_related("schedule__activity", "schedule__venue", "moved_venue")

    def numbered(self, numbers: Iterable[int]) -> Self:
        return self.filter(pk__in=numbers)

    def to_tell(self) -> Self:
        """Live ones of which nobody was told yet."""
        return self.live().filter(told_at__isnull=True)

    def undone_to_tell(self) -> Self:
        """Those taken back after people were told of them, of which nobody was told yet."""
        return self.filter(undone_at__isnull=False, told_at__isnull=False, undo_told_at__isnull=True)

    def as_it_stands(self, *, is_undo: bool) -> Self:
        """Those that hold or, where they were taken back, whose session nobody said anything else about since."""
        again = SessionChange.objects.live().filter(schedule=OuterRef("schedule"), session_on=OuterRef("session_on"))
        return self.filter(undone_at__isnull=False).exclude(Exists(again)) if is_undo else self.live()

    def of_schedules(self, numbers: Iterable[int]) -> Self:
        return self.filter(schedule__in=list(numbers)).select_related("schedule")

    def of_any(self, schedules: models.QuerySet[models.Model]) -> Self:
        """What was ever said about some schedules, which are themselves a question to the database."""
        return self.filter(schedule__in=schedules.order_by().values("pk"))

    def of_days(self, schedule: models.Model, days: Iterable[date]) -> Self:
        return self.filter(schedule=schedule, session_on__in=list(days))

    def heard_by_somebody(self) -> Self:
        """Those about an activity to which somebody listens."""
        return self.filter(schedule__activity__listeners__confirmed_at__isnull=False).distinct()

    def made_between(self, start: datetime, end: datetime) -> Self:
        return self.filter(made_at__range=(start, end))

    def said_since(self, moment: datetime) -> Self:
        """What was said or taken back from a moment on."""
        return self.filter(Q(made_at__gte=moment) | Q(undone_at__gte=moment))

    def undone_between(self, start: datetime, end: datetime) -> Self:
        return self.filter(undone_at__range=(start, end))

    def moved_away(self, first: date, last: date) -> Self:
        """Sessions between two days that take place on another day, of activities and at places that everybody sees."""
        seen = {"schedule__activity__is_listed": True, "schedule__venue__is_listed": True}
        moved = self.live().filter(kind=SessionChange.Kind.MOVED, session_on__range=(first, last), **seen)
        return moved.exclude(moved_on=F("session_on")).filter(schedule__venue__merged_into=None).with_activity()

    def about_theme(self, theme: str) -> Self:
        return self.filter(schedule__activity__theme=theme)

    def answering(self, asked: Iterable[Question], *, or_not_known: bool = False) -> Self:
        """Of which each question is answered as wished; on request also those where nobody has said."""
        return self.filter(answered(asked, or_not_known=or_not_known))

    def vouched_for(self, now: datetime) -> Self:
        """About activities that somebody checked, or added, in the last 90 days."""
        return self.exclude(unlooked_for(OFF_THE_LIST_AFTER, now, "schedule__activity__"))

    def within(self, west: float, south: float, east: float, north: float) -> Self:
        """About sessions whose rule is at a point in a box of degrees."""
        inside = {"latitude__range": (south, north), "longitude__range": (west, east)}
        return self.filter(**{f"schedule__venue__{name}": edges for name, edges in inside.items()})

    def taken_back_with(self, closing: models.Model) -> Self:
        """What came back as a closing was taken back, in one deed."""
        return self.filter(undone_at=closing.undone_at)  # type: ignore[attr-defined]

    def touching(self, first: date, last: date) -> Self:
        """What was said about sessions that were, or now are, between these days."""
        days = (first, last)
        return self.filter(Q(session_on__range=days) | Q(moved_on__range=days))


class SessionChange(models.Model):
    """One date is off, moved or has a note; taking it back keeps the row as history.

    Dates said off in one go share `together`. `told_at` and `undo_told_at` are when people who asked were told of it and of
    its taking back; empty where there was nobody to tell or nothing worth it.
    """

    class Kind(models.TextChoices):
        CANCELLED = "cancelled", "not on"
        MOVED = "moved", "at another time or place"
        NOTE = "note", "a note"

    schedule = models.ForeignKey("directory.Schedule", on_delete=models.CASCADE, related_name="changes")
    session_on = models.DateField()
    kind = models.CharField(max_length=9, choices=Kind)
    reason = models.CharField(max_length=160, blank=True)
    moved_on = models.DateField("to which day", null=True, blank=True)
    moved_starts_at = models.TimeField("from", null=True, blank=True)
    moved_ends_at = models.TimeField("to", null=True, blank=True)
    moved_venue = models.ForeignKey(
        "directory.Venue", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    together = models.UUIDField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_by_keeper = models.ForeignKey(
        "directory.Keeper", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_by_keeper = models.ForeignKey(
        "directory.Keeper", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    told_at = models.DateTimeField(null=True, blank=True)
    undo_told_at = models.DateTimeField(null=True, blank=True)

    objects = SessionChangeQuerySet.as_manager()
    wagtail_reference_index_ignore = True
    personal_data = PersonalData(
        purpose="To show who said that a session is off.",
        kept="as long as the activity is in the directory",
        erased="the link to the account is cut when the account is erased",
        exported=True,
        fields=("made_by", "made_by_keeper", "undone_by", "undone_by_keeper"),
        impersonal=(
            *(
                "schedule",
                "session_on",
                "kind",
                "reason",
                "together",
                "made_at",
                "undone_at",
                "told_at",
                "undo_told_at",
            ),
            *("moved_on", "moved_starts_at", "moved_ends_at", "moved_venue"),
        ),
    )

    class Meta:
        ordering = ["session_on", "pk"]
        indexes = [models.Index(fields=["together"], name="change_together")]
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "session_on"], condition=Q(undone_at__isnull=True), name="one_live_change_a_session"
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_on} {self.get_kind_display()}"

    @property
    def as_change(self) -> Change:
        return Change(
            on=self.session_on,
            is_cancelled=self.kind == self.Kind.CANCELLED,
            reason=self.reason,
            moved=self._as_move if self.kind == self.Kind.MOVED else None,
        )

    @property
    def _as_move(self) -> Move:
        assert self.moved_on is not None
        assert self.moved_starts_at is not None
        return Move(
            on=self.moved_on,
            starts_at=self.moved_starts_at,
            ends_at=self.moved_ends_at,
            venue_pk=self.moved_venue_id,
            place=self.moved_venue.name if self.moved_venue else "",
        )
