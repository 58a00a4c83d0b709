"""What a resident says about a place."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Left
from django.urls import reverse

from engagement.comments.bounds import Bounds
from engagement.comments.first_words import first_words
from engagement.comments.models.answers import Action, Response
from engagement.comments.models.consultations import Consultation
from engagement.comments.selection import Selection
from engagement.comments.workflow import STATUS_WORDS, TO_READ, Status
from portal.geo.coordinates import Point
from portal.privacy import PersonalData
from portal.references import normalise_reference

if TYPE_CHECKING:
    from engagement.comments.models.decisions import ModerationDecision

ANSWER_WITHIN = timedelta(days=28)


def _is_answered() -> Q:
    """Staff wrote back, or a published action says what was done."""
    responses = Response.objects.filter(comment=OuterRef("pk"))
    links = Action.comments.through.objects.filter(placecomment=OuterRef("pk"), action__published_at__isnull=False)
    return Q(Exists(responses)) | Q(Exists(links))


class PlaceCommentQuerySet(models.QuerySet["PlaceComment"]):
    """Ways to choose comments."""

    def published(self) -> Self:
        return self.filter(status=Status.PUBLISHED)

    def waiting(self) -> Self:
        return self.filter(status=Status.WAITING)

    def held(self) -> Self:
        return self.filter(status=Status.HELD)

    def to_read(self) -> Self:
        """What a moderator has still to settle."""
        return self.filter(status__in=TO_READ)

    def on_the_desk(self, tab: str, *, now: datetime, query: str = "") -> Self:
        """What one tab of the moderation desk shows, in the order in which it should be read."""
        if tab == "unanswered":
            found = self.long_unanswered(now).oldest_first()
        elif tab in {"", *TO_READ}:
            found = (self.filter(status=tab) if tab else self.to_read()).urgent_first()
        else:
            found = self.filter(status=tab).last_sent_first()
        return found.saying(query) if query else found

    def with_references(self, typed: list[str]) -> Self:
        """Those with these numbers; what is no number is passed over."""
        return self.filter(reference__in=[reference for one in typed if (reference := normalise_reference(one))])

    def listed(self) -> Self:
        """Comments of consultations that everybody is shown."""
        return self.filter(consultation__is_listed=True)

    def with_pin(self) -> Self:
        return self.filter(latitude__isnull=False, longitude__isnull=False)

    def within(self, bounds: Bounds) -> Self:
        return self.filter(latitude__range=(bounds.south, bounds.north), longitude__range=(bounds.west, bounds.east))

    def saying(self, words: str) -> Self:
        """Comments with every one of these words in them or in their place, and the one with this reference."""
        every = Q()
        for word in words.split():
            every &= Q(words__icontains=word) | Q(where_words__icontains=word) | Q(named_place__name__icontains=word)
        return self.filter(every | Q(reference=normalise_reference(words) or words))

    def answered(self) -> Self:
        return self.filter(_is_answered())

    def not_answered(self) -> Self:
        return self.filter(~_is_answered())

    def long_unanswered(self, now: datetime) -> Self:
        """Published in public, and nobody has answered for 28 days."""
        return self.published().listed().not_answered().filter(sent_at__lt=now - ANSWER_WITHIN)

    def imported_into(self, consultation: Consultation) -> Self:
        return self.filter(consultation=consultation, source=PlaceComment.Source.IMPORT).select_related("theme")

    def chosen(self, selection: Selection) -> Self:
        """The published comments of a selection: the one query behind list, map and feed."""
        found = self.published()
        if selection.consultation:
            found = found.filter(consultation__slug=selection.consultation)
        else:
            found = found.listed()
        if selection.theme:
            found = found.filter(theme__slug=selection.theme)
        if selection.feeling:
            found = found.filter(feeling=selection.feeling)
        if selection.status:
            found = found.answered() if selection.status == "answered" else found.not_answered()
        if selection.bounds:
            found = found.within(selection.bounds)
        return found.saying(selection.query) if selection.query else found

    def with_row(self) -> Self:
        """With all that one row of a list shows."""
        answered = models.ExpressionWrapper(_is_answered(), output_field=models.BooleanField())
        return self.select_related("theme", "named_place").annotate(is_answered=answered)

    def for_map(self) -> Iterable[dict[str, Any]]:
        """What a pin says, without the cost of whole comments."""
        return (
            self.with_pin()
            .annotate(start=Left("words", 120))
            .order_by("pk")
            .values("pk", "latitude", "longitude", "reference", "feeling", "theme__slug", "start", "is_example")
        )

    def with_answers(self) -> Self:
        """With the team's answers and the published actions, as `done`."""
        actions = Action.objects.published().newest_first()
        return self.prefetch_related("responses", models.Prefetch("actions", queryset=actions, to_attr="done"))

    def with_decisions(self) -> Self:
        """With the history, and who is the sender where staff wrote it down."""
        return self.select_related("sent_by").prefetch_related("decisions__decided_by")

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def oldest_first(self) -> Self:
        return self.order_by("sent_at", "pk")

    def urgent_first(self) -> Self:
        """Held comments before waiting ones, and the oldest of each first."""
        is_held = models.Case(models.When(status=Status.HELD, then=0), default=1, output_field=models.IntegerField())
        return self.order_by(is_held, "sent_at", "pk")

    def last_sent_first(self) -> Self:
        return self.order_by("-sent_at", "-pk")

    def desk_counts(self, now: datetime) -> dict[str, int]:
        """How many are held, how many wait, and how many have had no answer for 28 days."""
        is_long_unanswered = Q(
            ~_is_answered(), status=Status.PUBLISHED, consultation__is_listed=True, sent_at__lt=now - ANSWER_WITHIN
        )
        return self.aggregate(
            held=models.Count("pk", filter=Q(status=Status.HELD)),
            waiting=models.Count("pk", filter=Q(status=Status.WAITING)),
            unanswered=models.Count("pk", filter=is_long_unanswered),
        )

    def counts(self, now: datetime) -> dict[str, int]:
        """How many are published in public, how many of those are answered, how many have waited over 28 days."""
        return (
            self.published()
            .listed()
            .aggregate(
                published=models.Count("pk"),
                answered=models.Count("pk", filter=_is_answered()),
                waiting_long=models.Count("pk", filter=Q(sent_at__lt=now - ANSWER_WITHIN) & ~_is_answered()),
            )
        )


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
        IMPORTED = "imported", "as it stood in the file"

    class Source(models.TextChoices):
        WEB = "web", "the website"
        IMPORT = "import", "a file"
        STAFF = "staff", "staff, for a resident"

    reference = models.CharField(max_length=8, unique=True)
    consultation = models.ForeignKey("comments.Consultation", on_delete=models.PROTECT, related_name="comments")
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
    accuracy = models.CharField(max_length=12, choices=Accuracy)
    author_name = models.CharField(max_length=80, blank=True)
    is_name_shown = models.BooleanField(default=False)
    status = models.CharField(
        max_length=10, choices=[(status.value, words) for status, words in STATUS_WORDS.items()], default="waiting"
    )
    is_example = models.BooleanField(default=False)
    source = models.CharField(max_length=6, choices=Source, default=Source.WEB)
    # What the same comment would have again: a form sent twice, a row of a file imported twice.
    source_key = models.CharField(max_length=120, unique=True, null=True, blank=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    # Filled in by `with_row` and `with_answers`.
    is_answered: bool
    done: list[Action]

    objects = PlaceCommentQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To show what people say about places here, and to answer them.",
        kept="as long as the conversation about the place goes on; a comment that is not shown, until it is erased",
        erased="words, name and place are blanked when the author asks; that there was a comment stays",
        exported=True,
        fields=(
            "words", "postcode", "where_words", "latitude", "longitude", "author_name", "sent_by",
        ),
        impersonal=(
            "reference", "consultation", "feeling", "theme", "named_place", "accuracy", "is_name_shown", "status",
            "is_example", "source", "source_key", "sent_at", "published_at",
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
    def where(self) -> str:
        """Where it is about, in the words that a reader sees."""
        if self.named_place is not None:
            return self.named_place.name
        if self.where_words:
            return self.where_words
        if self.postcode:
            return f"Around {self.postcode}"
        return "A place on the map" if self.point else ""

    @property
    def last_decision(self) -> "ModerationDecision | None":
        """The newest decision; asks nothing of the database where the history was fetched before."""
        return max(self.decisions.all(), key=lambda decision: decision.pk, default=None)

    @property
    def shown_name(self) -> str:
        """The author's name, where they said that it may be shown."""
        return self.author_name if self.is_name_shown else ""
