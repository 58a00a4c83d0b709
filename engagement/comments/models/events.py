"""Face-to-face sessions: where people put stickers on a paper map, who went, and what was promised."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Length
from django.urls import reverse

from engagement.comments.map.bounds import Bounds
from engagement.comments.sessions.paper.grid import Grid
from engagement.comments.workflow import Status
from portal.clock import say_date, say_time
from portal.privacy import PersonalData

if TYPE_CHECKING:
    from engagement.comments.models.comments import PlaceComment


# Nobody but a moderator reads these.
GONE = (Status.WITHDRAWN, Status.ERASED)


class EngagementEventQuerySet(models.QuerySet["EngagementEvent"]):
    """Ways to choose sessions."""

    def with_numbers(self) -> Self:
        """With how many stickers were entered, and how many promises are still to keep."""
        return self.select_related("consultation").annotate(
            entered=Count("comments", distinct=True),
            open_promises=Count("promises", filter=Q(promises__kept_at__isnull=True), distinct=True),
        )

    def newest_first(self) -> Self:
        return self.order_by("-held_on", "-pk")


class EngagementEvent(models.Model):
    """A session with a group of people, with the grid of its paper map."""

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=120)
    place = models.CharField(max_length=160, help_text="Where people meet.")
    group = models.CharField(max_length=160, blank=True, help_text="Who we meet: the Tuesday lunch club, year 6.")
    consultation = models.ForeignKey("comments.Consultation", on_delete=models.PROTECT, related_name="events")
    held_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    going = models.CharField("who goes", max_length=300, blank=True)
    headcount = models.PositiveSmallIntegerField(null=True, blank=True)
    notes = models.TextField(max_length=3000, blank=True)
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    columns = models.PositiveSmallIntegerField(default=8)
    rows = models.PositiveSmallIntegerField(default=6)
    first_sticker = models.PositiveSmallIntegerField(default=1)
    stickers = models.PositiveSmallIntegerField(default=60)
    is_example = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    # Filled in by `with_numbers`.
    entered: int
    open_promises: int

    objects = EngagementEventQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To plan sessions and to know how many people took part; who of the staff goes.",
        kept="for good, as a day and a place; names and notes {comments.sessions}",
        erased="notes and names of staff are taken out, by hand or with their time; the account's number goes with the account",
        exported=False,
        fields=("going", "notes", "made_by"),
        impersonal=(
            "code", "name", "place", "group", "consultation", "held_on", "starts_at", "headcount", "west", "south",
            "east", "north", "columns", "rows", "first_sticker", "stickers", "is_example", "made_at",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = "face-to-face session"
        ordering = ["-held_on", "-pk"]
        permissions = [("run_engagementevent", "Can plan face-to-face sessions and enter what was said")]

    def __str__(self) -> str:
        return f"{self.name}, {self.held_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("comment_session", args=[self.code])

    @property
    def when(self) -> str:
        """Its day and hour: "Tuesday 1 December 2026, from 11:30am"."""
        day = f"{say_date(self.held_on)} {self.held_on.year}"
        return f"{day}, from {say_time(self.starts_at)}" if self.starts_at else day

    @property
    def bounds(self) -> Bounds:
        return Bounds(self.west, self.south, self.east, self.north)

    @property
    def grid(self) -> Grid:
        """The squares of its paper map."""
        return Grid(self.bounds, self.columns, self.rows)

    @property
    def numbers(self) -> range:
        """The numbers on its stickers."""
        return range(self.first_sticker, self.first_sticker + self.stickers)

    def said(self) -> "models.QuerySet[PlaceComment]":
        """Every comment that was written down at it, in the order of the stickers."""
        with_number = self.comments.exclude(sticker="").select_related("theme", "named_place")
        return with_number.order_by(Length("sticker"), "sticker", "pk")

    def standing(self) -> "models.QuerySet[PlaceComment]":
        """What was said at it, without what its author took back and what was erased."""
        return self.said().exclude(status__in=GONE).select_related("event")


class PromiseQuerySet(models.QuerySet["Promise"]):
    """Ways to choose promises."""

    def to_keep(self) -> Self:
        return self.filter(kept_at__isnull=True)

    def overdue(self, today: date) -> Self:
        """Still to keep, and the day has gone by."""
        return self.to_keep().filter(due_on__lt=today)

    def soonest_first(self) -> Self:
        """What is still to keep first, by its day, then what was kept last."""
        return self.select_related("event", "kept_by").order_by(
            F("kept_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk"
        )


class Promise(models.Model):
    """What was promised at a session, to whom, by when, and whether it was kept."""

    event = models.ForeignKey(EngagementEvent, on_delete=models.CASCADE, related_name="promises")
    words = models.CharField(max_length=300)
    to_whom = models.CharField(max_length=160)
    due_on = models.DateField(null=True, blank=True)
    kept_at = models.DateTimeField(null=True, blank=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = PromiseQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To keep what we promised to people at a session.",
        kept="until it is kept, and {comments.promises} after",
        erased="the words are taken out by hand; the account's number goes with the account",
        exported=False,
        fields=("words", "to_whom", "kept_by"),
        impersonal=("event", "due_on", "kept_at"),
    )

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.words

    @property
    def is_kept(self) -> bool:
        return self.kept_at is not None

    def is_overdue(self, today: date) -> bool:
        return not self.is_kept and self.due_on is not None and self.due_on < today
