"""What the partnership did about comments."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model

from engagement.comments.acting.outcomes import ActionSelection
from engagement.comments.acting.progress import ASK_AFTER, ASKED_ABOUT, PROGRESS, SETTLED, said
from portal.fulltext import Index, known
from portal.geo.models import NamedPlace
from portal.pages.drawn import SIZES
from portal.privacy import PersonalData

if TYPE_CHECKING:
    from engagement.comments.models.comments import PlaceComment
    from engagement.comments.models.told import ActionUpdate

__all__ = ["SETTLED", "Action"]

TOLD = known(Index("actions_told", "comments_action", ("title", "words")))


class ActionQuerySet(models.QuerySet["Action"]):
    """Ways to choose actions."""

    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def saying(self, words: str) -> Self:
        """Actions with every one of these words in them."""
        return self.filter(TOLD.holding(words))

    def said_between(self, first: datetime, last: datetime) -> Self:
        """Actions of which something was told from one moment until before another."""
        from engagement.comments.models.told import ActionUpdate

        told = ActionUpdate.objects.filter(action=OuterRef("pk"), said_at__gte=first, said_at__lt=last)
        return self.filter(Exists(told))

    def about(self, comments: "models.QuerySet[PlaceComment]") -> Self:
        """Actions that answer one of these comments."""
        links = Action.comments.through.objects.filter(action=OuterRef("pk"), placecomment__in=comments.values("pk"))
        return self.filter(Exists(links))

    def chosen(self, selection: ActionSelection) -> Self:
        """The published actions of a selection: the one query behind page and feed."""
        from engagement.comments.models.comments import PlaceComment

        found = self.published()
        if selection.quarter:
            found = found.said_between(selection.quarter.starts, selection.quarter.after.starts)
        if selection.place:
            place = NamedPlace.objects.get(slug=selection.place)
            found = found.about(PlaceComment.objects.published().listed().at_place(place))
        return found

    def first_day(self) -> date | None:
        """The day on which something was told for the first time."""
        first = self.aggregate(first=models.Min("updates__said_at"))["first"]
        return timezone.localdate(first) if first else None

    def to_ask_about(self, now: datetime) -> Self:
        """What was said to be done four weeks ago or earlier, and nobody was asked yet whether it is better."""
        return self.published().filter(status__in=ASKED_ABOUT, asked_at__isnull=True, said_at__lte=now - ASK_AFTER)

    def asked_about(self) -> Self:
        """What people may say now whether it is better."""
        return self.filter(status__in=ASKED_ABOUT, asked_at__isnull=False)

    def opened_again(self) -> Self:
        """What people found to be not better, and of which staff have said nothing since."""
        return self.published().filter(reopened_at__isnull=False)

    def newest_first(self) -> Self:
        """What was last told of first."""
        return self.order_by("-said_at", "-pk")

    def numbered(self, numbers: Sequence[str]) -> Self:
        """Those with these numbers; what is no number is passed over."""
        return self.filter(pk__in=[number for number in numbers if number.isdecimal()])

    def with_comment_count(self) -> Self:
        return self.annotate(comment_count=models.Count("comments"))

    def drafts_first(self) -> Self:
        return self.order_by(models.F("published_at").desc(nulls_first=True), "-pk")

    def with_comments(self) -> Self:
        """With the comments that each answers and that everybody is shown, as `said`; not those of unlisted consultations."""
        from engagement.comments.models.comments import PlaceComment

        comments = PlaceComment.objects.published().listed().select_related("named_place").oldest_first()
        return self.prefetch_related(models.Prefetch("comments", queryset=comments, to_attr="said"))

    def with_verdicts(self) -> Self:
        """With what was told of it, and what those who asked say about it."""
        return self.prefetch_related(models.Prefetch("updates", to_attr="told"), "verdicts")

    def with_story(self) -> Self:
        """With its comments, everything that was told of it, and its pictures."""
        pictures = get_image_model().objects.prefetch_renditions(*SIZES)
        return self.with_comments().prefetch_related(
            models.Prefetch("updates", to_attr="told"),
            models.Prefetch("before", queryset=pictures),
            models.Prefetch("after", queryset=pictures),
        )


class Action(models.Model):
    """What the partnership did about one or more comments, or found that it cannot do."""

    class Status(models.TextChoices):
        LOOKING_INTO_IT = "looking_into_it", "Looking into it"
        PLANNED = "planned", "Planned"
        PARTLY_DONE = "partly_done", "Partly done"
        DONE = "done", "Done"
        NOT_POSSIBLE = "not_possible", "Not possible, because"
        SOMEBODY_ELSES = "somebody_elses", "It belongs to somebody else"

    title = models.CharField(max_length=120)
    words = models.TextField(max_length=3000)
    status = models.CharField(max_length=16, choices=Status)
    done_on = models.DateField(null=True, blank=True)
    owner = models.CharField(max_length=120, blank=True, help_text="Who sees to it.")
    belongs_to = models.CharField(max_length=120, blank=True, help_text="Whose it is, where it is not ours.")
    before = models.ForeignKey(
        "wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    after = models.ForeignKey("wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When people were asked whether it is better.")
    reopened_at = models.DateTimeField(null=True, blank=True)
    is_example = models.BooleanField(default=False)
    comments = models.ManyToManyField("comments.PlaceComment", related_name="actions", blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    # When something was last told of it: lists, feed and the question four weeks later go by this.
    said_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    # Filled in by `with_comments` and `with_story`.
    said: "list[PlaceComment]"
    told: "list[ActionUpdate]"

    objects = ActionQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To show what the partnership did about comments, and which member of staff said so.",
        kept="for good: it is the partnership's own record",
        erased="the staff account's number goes with the account",
        exported=False,
        fields=("published_by",),
        impersonal=(
            "title",
            "words",
            "status",
            "done_on",
            "is_example",
            "published_at",
            "owner",
            "belongs_to",
            "before",
            "after",
            "asked_at",
            "reopened_at",
            "said_at",
            "comments",
        ),
    )

    class Meta:
        verbose_name = "action"
        indexes = [
            models.Index(fields=["-published_at"], name="comments_actions_by_day"),
            models.Index(fields=["-said_at"], name="comments_actions_by_news"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("comment_action", args=[self.pk])

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def is_asked_about(self) -> bool:
        """Whether people have been asked, and may say now, whether it is better."""
        return self.is_published and self.status in ASKED_ABOUT and self.asked_at is not None

    @property
    def shape(self) -> str:
        """The sign beside the state, so that colour is never alone."""
        return PROGRESS[self.status].shape

    @property
    def progress_said(self) -> str:
        """How far it has come, in words, with the name of those whose it is."""
        return said(self.status, self.belongs_to)

    @property
    def earlier(self) -> "list[ActionUpdate]":
        """What was told before the last time, the newest first; needs `with_story`."""
        return self.told[-2::-1]
