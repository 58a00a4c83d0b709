"""People who asked to hear when a session is off, moved or on again."""

from datetime import datetime
from typing import Self
from uuid import uuid4

from django.db import models

from portal.privacy import PersonalData


class ListenerQuerySet(models.QuerySet["Listener"]):
    """Ways to choose listeners."""

    def listening(self) -> Self:
        """Those who pressed the button behind the link in our mail; who leaves is deleted."""
        return self.filter(confirmed_at__isnull=False)

    def to(self, activity: models.Model) -> Self:
        return self.filter(activity=activity)

    def at(self, address: str) -> Self:
        return self.filter(email=address.strip().lower())

    def with_activity(self) -> Self:
        return self.select_related("activity")

    def never_confirmed_since(self, moment: datetime) -> Self:
        return self.filter(confirmed_at__isnull=True, asked_at__lt=moment)


class Listener(models.Model):
    """Somebody who wants a mail when a session of one activity changes; counts once they have pressed the link in it.

    The address is kept in small letters, so that one person is one row.
    """

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    activity = models.ForeignKey("directory.Activity", on_delete=models.CASCADE, related_name="listeners")
    email = models.EmailField("e-mail")
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = ListenerQuerySet.as_manager()
    wagtail_reference_index_ignore = True
    personal_data = PersonalData(
        purpose="To tell people who asked that a session is off, moved or on again; by consent, until they leave.",
        kept="until they leave; seven days where they never pressed the link in our mail",
        erased="the row is deleted",
        exported=True,
        fields=("email",),
        impersonal=("public_id", "activity", "asked_at", "confirmed_at"),
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "email"], name="listens_once"),
        ]

    def __str__(self) -> str:
        return f"{self.activity}"
