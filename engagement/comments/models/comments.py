"""What a resident says about a place."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from engagement.comments.map.cells import cell_of
from engagement.comments.models.actions import Action
from engagement.comments.models.sorting import DeskWords
from engagement.comments.words.first_words import first_words
from engagement.comments.workflow import STATUS_WORDS
from portal.geo.coordinates import Point, middle_of_square
from portal.privacy import PersonalData

if TYPE_CHECKING:
    from engagement.comments.models.decisions import ModerationDecision
    from engagement.comments.models.desk import ChecklistTick, Reading
    from engagement.comments.models.sent_along import Addition


# What could point at somebody's door is shown in the middle of a square as wide as this.
ROUGH_METRES = 50


class PlaceCommentQuerySet(DeskWords):
    """Ways to choose comments: a reader's, and a moderator's."""


class PlaceComment(models.Model):
    """One comment about a place, with no account and with or without a map."""

    class Feeling(models.TextChoices):
        GOOD = "good", "Good"
        NEEDS_WORK = "needs_work", "Needs work"
        IDEA = "idea", "An idea"
        MEMORY = "memory", "A memory"
        HOPE = "hope", "A hope"

    class Accuracy(models.TextChoices):
        EXACT = "exact", "the pin that the author put"
        POSTCODE = "postcode", "the middle of a postcode"
        NAMED_PLACE = "named_place", "a named place"
        DESCRIBED = "described", "in the author's own words"
        CELL = "cell", "a square of a paper map"
        IMPORTED = "imported", "as it stood in the file"

    class Source(models.TextChoices):
        WEB = "web", "the website"
        IMPORT = "import", "a file"
        STAFF = "staff", "staff, for a resident"
        PAPER = "paper", "a session, on paper"

    class Risk(models.IntegerChoices):
        """How soon a person should look, from what the rules of the site saw."""

        PLAIN = 0, "nothing special"
        MANY = 1, "one of very many, or it reads like an advert"
        PERSONAL = 2, "it may give away something private"
        HELP = 3, "somebody may need help"

    reference = models.CharField(max_length=8, unique=True)
    consultation = models.ForeignKey("comments.Consultation", on_delete=models.PROTECT, related_name="comments")
    # What everybody may read, and where everybody may see it: every output reads these, so that nothing hidden can leak.
    words = models.TextField()
    feeling = models.CharField(max_length=10, choices=Feeling, blank=True)
    theme = models.ForeignKey(
        "comments.Theme", null=True, blank=True, on_delete=models.PROTECT, related_name="comments"
    )
    postcode = models.CharField(max_length=8, blank=True)
    named_place = models.ForeignKey(
        "geo.NamedPlace", null=True, blank=True, on_delete=models.PROTECT, related_name="comments"
    )
    where_words = models.CharField(max_length=300, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    # Where the public pin stands on the one grid of the map; see `cells`.
    cell = models.BigIntegerField(null=True, blank=True)
    # For staff alone: the text as it was sent where the published one differs, and the pin where the public one is rounded.
    sent_words = models.TextField(blank=True)
    sent_where_words = models.CharField(max_length=300, blank=True)
    exact_latitude = models.FloatField(null=True, blank=True)
    exact_longitude = models.FloatField(null=True, blank=True)
    accuracy = models.CharField(max_length=12, choices=Accuracy)
    author_name = models.CharField(max_length=80, blank=True)
    is_name_shown = models.BooleanField(default=False)
    status = models.CharField(
        max_length=10, choices=[(status.value, words) for status, words in STATUS_WORDS.items()], default="waiting"
    )
    risk = models.PositiveSmallIntegerField(choices=Risk, default=Risk.PLAIN)
    # Shown at once, where a consultation says so; it stays on the desk until somebody has read it.
    is_unread = models.BooleanField(default=False)
    # Worked out by the database from the two above, so that the desk has one short index however many are settled.
    is_to_read = models.GeneratedField(
        expression=Q(status__in=("waiting", "held")) | Q(status="published", is_unread=True),  # type: ignore[arg-type]
        output_field=models.BooleanField(),
        db_persist=True,
    )
    is_example = models.BooleanField(default=False)
    # Everybody who pressed "I agree", and everybody who agreed around a table.
    support_count = models.PositiveIntegerField(default=0)
    event = models.ForeignKey(
        "comments.EngagementEvent", null=True, blank=True, on_delete=models.PROTECT, related_name="comments"
    )
    sticker = models.CharField(max_length=8, blank=True)
    agreeing = models.PositiveSmallIntegerField(default=0, help_text="People at the session who agreed.")
    source = models.CharField(max_length=6, choices=Source, default=Source.WEB)
    # What the same comment would have again: a form sent twice, a row of a file imported twice.
    source_key = models.CharField(max_length=120, unique=True, null=True, blank=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    # Filled in by `with_row`, `with_answers` and `with_desk_row`.
    is_answered: bool
    has_address: bool
    progress: str | None
    done: list[Action]
    added: "list[Addition]"
    open_just_now: "list[Reading]"

    objects = PlaceCommentQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To show what people say about places here, and to answer them.",
        kept="{comments.said}; a comment that is not shown, {comments.not_shown}",
        erased="words, name and place are blanked when the author asks, or with their time; that there was a comment stays",
        exported=True,
        fields=(
            "words", "postcode", "where_words", "latitude", "longitude", "author_name", "sent_by", "cell",
            "sent_words", "sent_where_words", "exact_latitude", "exact_longitude",
        ),
        impersonal=(
            "reference", "consultation", "feeling", "theme", "named_place", "accuracy", "is_name_shown", "status",
            "is_example", "source", "source_key", "sent_at", "published_at", "risk", "support_count", "event", "sticker",
            "agreeing", "is_unread", "is_to_read",
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = "comment about a place"
        verbose_name_plural = "comments about places"
        permissions = [("moderate_placecomment", "Can read, publish and answer comments")]
        indexes = [
            models.Index(fields=["status", "-published_at"], name="comments_by_status"),
            models.Index(fields=["status", "latitude", "longitude"], name="comments_by_place"),
            models.Index(fields=["status", "sent_at"], name="comments_by_age"),
            models.Index(fields=["status", "-risk", "sent_at"], name="comments_by_risk"),
            models.Index(fields=["status", "cell"], name="comments_by_cell"),
            models.Index(fields=["-risk", "sent_at"], condition=Q(is_to_read=True), name="comments_to_read"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("comment", args=[self.reference])

    @property
    def title(self) -> str:
        return first_words(self.words)

    @property
    def point(self) -> Point | None:
        if self.latitude is None or self.longitude is None:
            return None
        return Point(self.latitude, self.longitude)

    @property
    def exact_point(self) -> Point | None:
        """The pin as it was put, for staff alone; the public one may be rounded."""
        if self.exact_latitude is None or self.exact_longitude is None:
            return self.point
        return Point(self.exact_latitude, self.exact_longitude)

    def stand_at(self, point: Point | None) -> None:
        """Put the pin: the exact one for staff, and for everybody the same or, for a sensitive theme, a rough one."""
        is_rough = point is not None and self.theme is not None and self.theme.is_sensitive
        shown = middle_of_square(point, ROUGH_METRES) if point and is_rough else point
        self.latitude, self.longitude = shown or (None, None)
        self.exact_latitude, self.exact_longitude = point if point and is_rough else (None, None)
        self.cell = cell_of(shown) if shown else None

    @property
    def words_as_sent(self) -> str:
        """What the author wrote, for staff alone."""
        return self.sent_words or self.words

    @property
    def has_more_for_staff(self) -> bool:
        """Something was taken out of it, or its place is shown roughly."""
        return bool(self.sent_words or self.sent_where_words) or self.exact_latitude is not None

    @property
    def where(self) -> str:
        """Where it is about, in the words that a reader sees."""
        if self.named_place is not None:
            return ": ".join(part for part in (self.named_place.name, self.where_words) if part)
        if self.where_words:
            return self.where_words
        if self.postcode:
            return f"Around {self.postcode}"
        return "A place on the map" if self.point else ""

    @property
    def last_decision(self) -> "ModerationDecision | None":
        """The newest decision; asks nothing of the database where the history was fetched before."""
        return max(self.decisions.all(), key=lambda decision: decision.pk, default=None)

    def ticks_by_line(self) -> "dict[int, ChecklistTick]":
        """What was looked at, by the number of its line."""
        return {tick.item_id: tick for tick in self.ticks.select_related("ticked_by")}

    @property
    def shown_name(self) -> str:
        """The author's name, where they said that it may be shown."""
        return self.author_name if self.is_name_shown else ""
