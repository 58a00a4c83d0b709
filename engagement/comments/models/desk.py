"""What the moderation desk keeps for itself: redactions, saved replies, the checklist, and who is reading what."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models

from portal.audit.appended import Appended
from portal.privacy import NoPersonalData, PersonalData


class RedactionQuerySet(models.QuerySet["Redaction"]):
    """Ways to look back at what was taken out."""

    def of_the_comment(self) -> Self:
        """Of its own words, not of those that were added later."""
        return self.filter(addition__isnull=True)

    def newest_first(self) -> Self:
        return self.order_by("-pk")


class Redaction(Appended):
    """One change of what everybody reads of a comment: how it stood before, by whom and why. Appended, never edited."""

    comment = models.ForeignKey("comments.PlaceComment", on_delete=models.CASCADE, related_name="redactions")
    # Where it was about words that the author added later.
    addition = models.ForeignKey(
        "comments.Addition", null=True, blank=True, on_delete=models.CASCADE, related_name="redactions"
    )
    words_before = models.TextField(blank=True)
    where_words_before = models.CharField(max_length=300, blank=True)
    was_photo_hidden = models.BooleanField(default=False)
    was_name_shown = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.CASCADE, related_name="undone_by")
    redacted_at = models.DateTimeField()
    redacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = RedactionQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To show what was taken out of a comment before everybody could read it, and by whom.",
        kept="as long as the comment",
        erased="the row is deleted with the words of the comment",
        exported=True,
        fields=("words_before", "where_words_before", "note", "redacted_by"),
        impersonal=("comment", "addition", "was_photo_hidden", "was_name_shown", "undoes", "redacted_at"),
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Redaction {self.pk} of {self.comment_id}"

    @property
    def who(self) -> str:
        return self.redacted_by.display_name if self.redacted_by else "Somebody"

    @property
    def did(self) -> str:
        """What was done, in words."""
        if self.undoes_id:
            return "put back what was taken out of"
        return "took something out of words added to" if self.addition_id else "took something out of"


class SavedReplyQuerySet(models.QuerySet["SavedReply"]):
    """Ways to choose a saved reply."""

    def answers(self) -> Self:
        return self.filter(kind=SavedReply.Kind.ANSWER)

    def for_the_declined(self) -> Self:
        return self.filter(kind=SavedReply.Kind.DECLINE)

    def named(self, number: str) -> "SavedReply | None":
        """The one with this number, as an address says it."""
        return self.filter(pk=number).first() if number.isascii() and number.isdigit() else None


class SavedReply(models.Model):
    """Words that the team writes often: an answer under a comment, or what an author is told whose comment is not shown."""

    class Kind(models.TextChoices):
        ANSWER = "answer", "An answer under a comment"
        DECLINE = "decline", "To an author whose comment is not shown"

    title = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.ANSWER)
    words = models.TextField(max_length=3000)
    position = models.PositiveSmallIntegerField(default=100)

    objects = SavedReplyQuerySet.as_manager()
    personal_data = NoPersonalData(because="they are the team's own standing words")

    class Meta:
        verbose_name = "saved reply"
        verbose_name_plural = "saved replies"
        ordering = ["kind", "position", "title"]

    def __str__(self) -> str:
        return self.title


class ChecklistItemQuerySet(models.QuerySet["ChecklistItem"]):
    """Ways to choose lines of the checklist."""

    def in_use(self) -> Self:
        return self.filter(is_active=True)


class ChecklistItem(models.Model):
    """One thing to look at before a comment is published."""

    words = models.CharField(max_length=160)
    position = models.PositiveSmallIntegerField(default=100)
    is_active = models.BooleanField("in use", default=True)

    objects = ChecklistItemQuerySet.as_manager()
    personal_data = NoPersonalData(because="it is a question of ours")

    class Meta:
        verbose_name = "line of the checklist"
        verbose_name_plural = "checklist"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.words


class ChecklistTick(models.Model):
    """Somebody looked at this line of the checklist for this comment."""

    comment = models.ForeignKey("comments.PlaceComment", on_delete=models.CASCADE, related_name="ticks")
    item = models.ForeignKey(ChecklistItem, on_delete=models.PROTECT, related_name="ticks")
    ticked_at = models.DateTimeField()
    ticked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    personal_data = PersonalData(
        purpose="To show which member of staff looked at what before a comment was published.",
        kept="as long as the comment",
        erased="the staff account's number goes with the account",
        exported=False,
        fields=("ticked_by",),
        impersonal=("comment", "item", "ticked_at"),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "item"], name="comments_one_tick_a_line")]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.item_id}"


# A page that says nothing for so long is shut, or its computer sleeps.
READS_FOR = timedelta(minutes=3)


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Ways to see who has what open."""

    def just_now(self, now: datetime) -> Self:
        return self.filter(seen_at__gt=now - READS_FOR).select_related("reader")

    def by_others(self, person: Any) -> Self:
        return self.exclude(reader=person)

    def long_gone(self, now: datetime) -> Self:
        return self.filter(seen_at__lte=now - timedelta(days=1))


class Reading(models.Model):
    """A colleague has a comment open just now."""

    comment = models.ForeignKey("comments.PlaceComment", on_delete=models.CASCADE, related_name="readings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    objects = ReadingQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To warn two members of staff who have the same comment open.",
        kept="{comments.readings}",
        erased="the row is deleted with the account",
        exported=False,
        fields=("reader",),
        impersonal=("comment", "seen_at"),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "reader"], name="comments_one_reading_a_person")]

    def __str__(self) -> str:
        return f"{self.reader_id} reads {self.comment_id}"
