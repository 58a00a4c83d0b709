"""What was decided about a comment: appended, never edited."""

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import models

from engagement.comments.workflow import REASONS, STATUS_WORDS, Status, done_words
from portal.audit.appended import Appended
from portal.privacy import PersonalData

_STATUSES = [(status.value, words) for status, words in STATUS_WORDS.items()]


class ModerationDecisionQuerySet(models.QuerySet["ModerationDecision"]):
    """Ways to look back."""

    def newest_first(self) -> Self:
        return self.order_by("-pk")

    def still_standing(self) -> Self:
        """Decisions that nobody took back."""
        return self.filter(undoes__isnull=True, undone_by__isnull=True)

    def of_batch(self, batch: UUID, *, by: Any) -> list["ModerationDecision"]:
        """What this person decided with one press, first to last."""
        return list(
            self.filter(batch=batch, decided_by=by, undoes__isnull=True).select_related("comment").order_by("pk")
        )

    def can_still_be_undone_by(self, person: Any, *, since: datetime) -> Self:
        """This person's decisions since a moment that nothing was decided after."""
        last = models.Subquery(
            self.model.objects.filter(comment=models.OuterRef("comment")).order_by("-pk").values("pk")[:1]
        )
        return self.filter(pk=last, decided_by=person, decided_at__gte=since, undoes__isnull=True).exclude(
            to_status=Status.ERASED
        )


class ModerationDecision(Appended):
    """One change of a comment's state: from, to, why, by whom and when; nobody where the rules of the site held it."""

    comment = models.ForeignKey("comments.PlaceComment", on_delete=models.CASCADE, related_name="decisions")
    from_status = models.CharField(max_length=10, choices=_STATUSES)
    to_status = models.CharField(max_length=10, choices=_STATUSES)
    reason = models.CharField(max_length=12, blank=True, choices=list(REASONS.items()))
    note = models.CharField(max_length=500, blank=True)
    # What the author is told besides the reason, where they left an address.
    told = models.TextField(blank=True, max_length=3000)
    # The same for all that were decided by one press.
    batch = models.UUIDField(null=True, blank=True, db_index=True)
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.CASCADE, related_name="undone_by")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ModerationDecisionQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To show who decided what about a comment, and why.",
        kept="as long as the comment",
        erased="note and words to the author are blanked with the comment; the staff account's number goes with the account",
        exported=True,
        fields=("note", "told", "decided_by"),
        impersonal=("comment", "from_status", "to_status", "reason", "batch", "undoes", "decided_at"),
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.from_status} to {self.to_status}"

    @property
    def who(self) -> str:
        if self.decided_by:
            return self.decided_by.display_name
        is_authors = Status.WITHDRAWN in {self.to_status, self.undoes.to_status if self.undoes else ""}
        return "The author" if is_authors else "The rules of the site"

    @property
    def was_shown_at_once(self) -> bool:
        """The site itself put it in public, before anybody had read it."""
        return self.decided_by_id is None and self.to_status == Status.PUBLISHED

    @property
    def did(self) -> str:
        """What was done, in words."""
        return "undid the decision on" if self.undoes_id else done_words(self.to_status, starts=self.from_status)

    @property
    def ends_in_words(self) -> str:
        """Where the comment stands by it, in a sentence about the comment: "published", "kept on the site"."""
        if self.from_status == self.to_status:
            return "kept on the site"
        return STATUS_WORDS[Status(self.to_status)].lower()

    @property
    def of_its_batch(self) -> int:
        """How many were decided by the same press."""
        return ModerationDecision.objects.filter(batch=self.batch, undoes__isnull=True).count()

    @property
    def why(self) -> str:
        """Reason and note in one line."""
        return ": ".join(part for part in (REASONS.get(self.reason, ""), self.note) if part)
