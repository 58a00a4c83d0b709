"""Addresses that must get no more mail, and mails that came back for now; kept as keyed hashes, so that no address is."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Count

from portal.privacy import PersonalData


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    """Ways to look at what was stopped."""

    def of_hash(self, address_hash: str) -> Self:
        return self.filter(address_hash=address_hash)

    def of_hashes(self, hashes: Iterable[str]) -> Self:
        return self.filter(address_hash__in=list(hashes))

    def counts(self) -> Counter[str]:
        """How many addresses were stopped for each reason."""
        return Counter(dict(self.order_by().values_list("reason").annotate(how_many=Count("pk"))))


class Suppression(models.Model):
    """One address, as a keyed hash, that the portal must not write to."""

    class Reason(models.TextChoices):
        COMPLAINED = "complained", "said that our mail is spam"
        BOUNCED = "bounced", "the address does not take mail"
        ASKED = "asked", "asked us to stop"

    address_hash = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=12, choices=Reason)
    suppressed_at = models.DateTimeField()

    objects = SuppressionQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To make sure that we never write again to somebody who asked us to stop.",
        kept="for good, as a hash that cannot be turned back into an address",
        erased="not erased: it is what keeps the promise",
        exported=False,
        fields=("address_hash",),
        impersonal=("reason", "suppressed_at"),
    )

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.address_hash[:8]}… {self.get_reason_display()}"


class SoftBounceQuerySet(models.QuerySet["SoftBounce"]):
    """Ways to choose mails that came back for now."""

    def of_hash(self, address_hash: str) -> Self:
        return self.filter(address_hash=address_hash)

    def until(self, moment: datetime) -> Self:
        return self.filter(came_back_at__lte=moment)


class SoftBounce(models.Model):
    """One mail that came back for now: a full mailbox, a server that gave up trying. Two in a row stop the address."""

    address_hash = models.CharField(max_length=64)
    mail = models.CharField(
        max_length=120, help_text="Its Message-ID, so that it counts once however often it is told."
    )
    came_back_at = models.DateTimeField()

    objects = SoftBounceQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To stop writing to an address that takes no mail any more.",
        kept="until a mail arrives there, or half a year",
        erased="deleted after half a year; the address itself is not kept",
        exported=False,
        fields=("address_hash", "mail"),
        impersonal=("came_back_at",),
    )

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["address_hash", "mail"], name="one_soft_bounce_per_mail")]

    def __str__(self) -> str:
        return f"{self.address_hash[:8]}… came back"
