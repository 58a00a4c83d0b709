"""Who may see a record: not whoever knows the person, and whoever says why they need to."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models

from portal.accounts.models import User
from selfreferral.models.referrals import Referral
from selfreferral.models.sealing import Appended, Row, kept_with_referral, worker


class AcquaintanceQuerySet(models.QuerySet["Acquaintance"]):
    """Who knows whom."""

    def in_force(self) -> Self:
        return self.filter(lifted_at=None)

    def of(self, user: User | models.OuterRef) -> Self:
        """Whom this worker knows, as long as the lead has not lifted it."""
        return self.in_force().filter(known_by=user)


class Acquaintance(Row):
    """A worker knows the person, so the record is hidden from that worker until the lead lifts it."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="acquaintances")
    known_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    said_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = worker()

    objects = AcquaintanceQuerySet.as_manager()
    personal_data = kept_with_referral(
        "To keep a record from a worker who knows the person.",
        "known_by",
        impersonal=("said_at", "lifted_at", "lifted_by"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "worker who knows the person"
        verbose_name_plural = "workers who know the person"
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "known_by"], condition=models.Q(lifted_at=None), name="known_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.known_by_id} knows {self.referral_id}"


class RevealQuerySet(models.QuerySet["Reveal"]):
    """Which reasons still hold."""

    def holding(self, *, user: User, since: datetime) -> Self:
        return self.filter(revealed_by=user, revealed_at__gt=since)


class Reveal(Appended):
    """A worker said why they need to see somebody whom another holds."""

    class Why(models.TextChoices):
        COVER = "cover", "I am covering for a colleague"
        RANG = "rang", "The person is here, or rang us"
        SAFETY = "safety", "Somebody may be in danger"
        ASKED = "asked", "My colleague asked me to look"
        CHECK = "check", "I check how we work"

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="reveals")
    why = models.CharField(max_length=6, choices=Why)
    revealed_at = models.DateTimeField()
    revealed_by = worker()

    objects = RevealQuerySet.as_manager()
    personal_data = kept_with_referral(
        "To show why somebody looked at a record that another holds.",
        impersonal=("why", "revealed_at", "revealed_by"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "reason to look"
        verbose_name_plural = "reasons to look"
        ordering = ["revealed_at", "pk"]

    def __str__(self) -> str:
        return self.why
