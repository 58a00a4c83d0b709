"""What was said about one date of an activity: no session, or a note."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from engagement.directory.schedule import Change
from portal.privacy import PersonalData


class SessionChangeQuerySet(models.QuerySet["SessionChange"]):
    """Ways to choose changes."""

    def live(self) -> Self:
        """Changes that nobody took back."""
        return self.filter(undone_at__isnull=True)

    def cancelled(self) -> Self:
        return self.filter(kind=SessionChange.Kind.CANCELLED)

    def with_activity(self) -> Self:
        return self.select_related("activity")

    def between(self, first: date, last: date) -> Self:
        return self.filter(session_on__range=(first, last))


class SessionChange(models.Model):
    """One date is off, or has a note; taking it back keeps the row as history."""

    class Kind(models.TextChoices):
        CANCELLED = "cancelled", "not on"
        NOTE = "note", "a note"

    activity = models.ForeignKey("directory.Activity", on_delete=models.CASCADE, related_name="changes")
    session_on = models.DateField()
    kind = models.CharField(max_length=9, choices=Kind)
    reason = models.CharField(max_length=160, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = SessionChangeQuerySet.as_manager()
    wagtail_reference_index_ignore = True
    personal_data = PersonalData(
        purpose="To show who said that a session is off.",
        kept="as long as the activity is in the directory",
        erased="the link to the account is cut when the account is erased",
        exported=True,
        fields=("made_by", "undone_by"),
        impersonal=("activity", "session_on", "kind", "reason", "made_at", "undone_at"),
    )

    class Meta:
        ordering = ["session_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "session_on"], condition=Q(undone_at__isnull=True), name="one_live_change_a_session"
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_on} {self.get_kind_display()}"

    @property
    def as_change(self) -> Change:
        return Change(on=self.session_on, is_cancelled=self.kind == self.Kind.CANCELLED, reason=self.reason)
