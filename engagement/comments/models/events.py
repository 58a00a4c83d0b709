"""Face-to-face sessions: where people put stickers on a paper map, who went, and what was promised."""

from django.conf import settings
from django.db import models

from portal.privacy import PersonalData


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
    columns = models.PositiveSmallIntegerField(default=6)
    rows = models.PositiveSmallIntegerField(default=8)
    first_sticker = models.PositiveSmallIntegerField(default=1)
    stickers = models.PositiveSmallIntegerField(default=60)
    is_example = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    personal_data = PersonalData(
        purpose="To plan sessions and to know how many people took part; who of the staff goes.",
        kept="as long as the conversation about the place goes on",
        erased="names of staff are taken out by hand; the account's number goes with the account",
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

    personal_data = PersonalData(
        purpose="To keep what we promised to people at a session.",
        kept="a year after it was kept",
        erased="the words are taken out by hand; the account's number goes with the account",
        exported=False,
        fields=("words", "to_whom", "kept_by"),
        impersonal=("event", "due_on", "kept_at"),
    )

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.words
