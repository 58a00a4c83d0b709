"""What comes along with a comment: a photo, words added later, and leave to pass it to people who can help."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models

from engagement.comments.words.distress import signs_of_distress
from engagement.comments.workflow import Status
from portal.privacy import PersonalData


class PhotoQuerySet(models.QuerySet["Photo"]):
    """Ways to choose photos."""

    def unsent(self) -> Self:
        """Those whose comment is still being written, or never was sent."""
        return self.filter(comment__isnull=True)

    def with_key(self, key: str) -> Self:
        # PostgreSQL answers a NUL byte with an error; no key of ours holds one.
        return self.none() if "\x00" in key else self.filter(key=key)

    def taken_in_before(self, moment: datetime) -> Self:
        return self.filter(taken_in_at__lt=moment)

    def shown(self) -> Self:
        """Those that everybody can see: their comment is published, and nobody hid them."""
        return self.filter(comment__status=Status.PUBLISHED, is_hidden=False)

    def of(self, reference: str) -> Self:
        return self.filter(comment__reference=reference)


class Photo(models.Model):
    """One picture, already re-encoded: nothing of the file that was sent is kept. Without a comment while it is written."""

    # Known only to the browser that is writing; names the picture between the form and its preview.
    key = models.CharField(max_length=40, unique=True)
    comment = models.OneToOneField(
        "comments.PlaceComment", null=True, blank=True, on_delete=models.CASCADE, related_name="photo"
    )
    image = models.ImageField(upload_to="comments/", width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    words = models.CharField(max_length=200, blank=True, help_text="What it shows, for those who cannot see it.")
    is_hidden = models.BooleanField(default=False)
    taken_in_at = models.DateTimeField()

    objects = PhotoQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To show what a comment is about.",
        kept="as long as the comment; {comments.unsent_photos} where the comment was never sent",
        erased="the file and the row are deleted",
        exported=True,
        fields=("image", "words"),
        impersonal=("key", "comment", "width", "height", "is_hidden", "taken_in_at"),
    )

    def __str__(self) -> str:
        return f"Photo {self.pk}"


class AdditionQuerySet(models.QuerySet["Addition"]):
    """Ways to choose words that were added later."""

    def waiting(self) -> Self:
        """Nobody has read these yet, the oldest first; of a comment that is gone there is nothing to read."""
        return self.filter(status=Addition.Status.WAITING).exclude(comment__status__in=("withdrawn", "erased"))

    def urgent_first(self) -> Self:
        """By the risk of the comment that they stand under, and the oldest of each first."""
        return self.order_by("-comment__risk", "added_at", "pk")

    def counts(self) -> dict[str, int]:
        """How many there are, and how many of them stand under a comment that may be a cry for help."""
        return self.aggregate(all=models.Count("pk"), help=models.Count("pk", filter=models.Q(comment__risk=3)))

    def decided(self) -> Self:
        """What was decided, the latest first."""
        return self.exclude(status=Addition.Status.WAITING).order_by("-decided_at", "-pk")

    def with_comment(self) -> Self:
        return self.select_related("comment", "decided_by")


class Addition(models.Model):
    """Words that the author added later; shown under the comment once a moderator has read them."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting"
        PUBLISHED = "published", "Published"
        DECLINED = "declined", "Declined"

    comment = models.ForeignKey("comments.PlaceComment", on_delete=models.CASCADE, related_name="additions")
    words = models.TextField()
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    added_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = AdditionQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To let authors say more about a comment of theirs.",
        kept="as long as the comment",
        erased="the row is deleted with the words of the comment",
        exported=True,
        fields=("words", "decided_by"),
        impersonal=("comment", "status", "added_at", "decided_at"),
    )

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return f"Addition {self.pk} to {self.comment_id}"

    @property
    def signs(self) -> tuple[str, ...]:
        """What the rules of the site hear in it."""
        return signs_of_distress(self.words)


class HelpConsent(models.Model):
    """An author who may need help said that a comment may be passed to the people who can give it, and how to reach them."""

    comment = models.OneToOneField("comments.PlaceComment", on_delete=models.CASCADE, related_name="help_consent")
    name = models.CharField(max_length=80)
    reach = models.CharField(max_length=200, help_text="One safe phone number or e-mail address.")
    given_at = models.DateTimeField()
    passed_on_at = models.DateTimeField(null=True, blank=True)

    personal_data = PersonalData(
        purpose="To pass a comment to the team that helps people, because its author asked for that.",
        kept="until it is passed on, when name and number are blanked here; at most {comments.leave_to_help}",
        erased="the row is deleted with the words of the comment",
        exported=True,
        fields=("name", "reach"),
        impersonal=("comment", "given_at", "passed_on_at"),
    )

    def __str__(self) -> str:
        return f"Consent for {self.comment_id}"
