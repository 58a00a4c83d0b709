"""What the team writes back."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from portal.privacy import PersonalData

if TYPE_CHECKING:
    pass


class Response(models.Model):
    """The team's answer under a comment; a second thought is a second answer."""

    comment = models.ForeignKey("comments.PlaceComment", on_delete=models.CASCADE, related_name="responses")
    words = models.TextField(max_length=3000)
    responded_at = models.DateTimeField()
    responded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

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
