"""People who asked to hear when a session is off, moved or on again, and each mail to them."""

from datetime import datetime, timedelta
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Q

from portal.privacy import PersonalData
from portal.privacy.restricting import restricted

MOST_TRIES = 5
# Longer than any mail takes to be handed over.
HELD_FOR = timedelta(minutes=15)


class ListenerQuerySet(models.QuerySet["Listener"]):
    """Ways to choose listeners."""

    def listening(self) -> Self:
        """Those who pressed the button behind the link in our mail; who leaves is deleted."""
        return self.filter(confirmed_at__isnull=False)

    def in_use(self) -> Self:
        """Without those who asked that nothing is done with their row for now."""
        return self.exclude(restricted(self.model))

    def to(self, activity: models.Model) -> Self:
        return self.filter(activity=activity)

    def at(self, address: str) -> Self:
        return self.filter(email=address.strip().lower())

    def called(self, public_id: str) -> "Listener | None":
        return self.with_activity().filter(public_id=public_id).first()

    def asked_since(self, moment: datetime) -> Self:
        return self.filter(asked_at__gte=moment)

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
        kept="until they leave; {directory.unconfirmed} where they never pressed the link in our mail",
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


class TellingQuerySet(models.QuerySet["Telling"]):
    """Ways to choose copies."""

    def waiting(self) -> Self:
        return self.filter(done_at__isnull=True, tries__lt=MOST_TRIES)

    def free_at(self, now: datetime) -> Self:
        """Those that no worker holds; one that was held for long was held by a worker that died."""
        return self.waiting().filter(Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - HELD_FOR))

    def left_lying(self, now: datetime) -> Self:
        """Those whose work was lost with a worker, or never came to anybody's hands."""
        return self.free_at(now).filter(made_at__lt=now - HELD_FOR)

    def settled_before(self, moment: datetime) -> Self:
        return self.filter(made_at__lt=moment)

    def with_listener(self) -> Self:
        return self.select_related("listener__activity")


class Telling(models.Model):
    """One mail to one listener about what was said, or taken back, of one or several dates.

    It is claimed before it goes and done after, so that a killed worker loses nobody, and two workers never write twice.
    """

    listener = models.ForeignKey(Listener, on_delete=models.CASCADE, related_name="tellings")
    changes = models.JSONField()
    is_undo = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = TellingQuerySet.as_manager()
    wagtail_reference_index_ignore = True
    personal_data = PersonalData(
        purpose="To tell each person who asked once, whatever happens to the machine.",
        kept="{directory.told}, or until they leave",
        erased="goes with the listener's row",
        exported=False,
        fields=("listener",),
        impersonal=("changes", "is_undo", "made_at", "claimed_at", "tries", "done_at"),
    )

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["done_at", "made_at"], name="telling_waiting")]

    def __str__(self) -> str:
        return f"Telling {self.pk}"
