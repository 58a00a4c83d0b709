"""What the team writes back."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models

from portal.privacy import PersonalData

if TYPE_CHECKING:
    from engagement.comments.models.comments import PlaceComment


class ResponseQuerySet(models.QuerySet["Response"]):
    """Ways to choose answers."""

    def given_between(self, since: datetime, until: datetime) -> Self:
        """Given from one moment until before another."""
        return self.filter(responded_at__gte=since, responded_at__lt=until)

    def of(self, comments: "Iterable[PlaceComment]") -> Self:
        return self.filter(comment__in=comments)

    def with_comment(self) -> Self:
        return self.select_related("comment__named_place")


class Response(models.Model):
    """The team's answer under a comment; a second thought is a second answer."""

    comment = models.ForeignKey("comments.PlaceComment", on_delete=models.CASCADE, related_name="responses")
    words = models.TextField(max_length=3000)
    responded_at = models.DateTimeField()
    responded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ResponseQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To answer what people say about places here.",
        kept="as long as the comment",
        erased="with the comment; the staff account's number goes with the account",
        exported=True,
        fields=("words", "responded_by"),
        impersonal=("comment", "responded_at"),
    )

    class Meta:
        verbose_name = "answer"
        ordering = ["responded_at", "pk"]

    def __str__(self) -> str:
        return f"Answer to {self.comment_id}"
