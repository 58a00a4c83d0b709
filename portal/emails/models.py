"""Addresses that must get no more mail, kept as keyed hashes so that the list survives an erasure."""

from django.db import models

from portal.privacy import PersonalData


class Suppression(models.Model):
    """One address, as a keyed hash, that the portal must not write to."""

    class Reason(models.TextChoices):
        COMPLAINED = "complained", "said that our mail is spam"
        BOUNCED = "bounced", "the address does not take mail"
        ASKED = "asked", "asked us to stop"

    address_hash = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=12, choices=Reason)
    suppressed_at = models.DateTimeField()

    personal_data = PersonalData(
        purpose="To make sure that we never write again to somebody who asked us to stop.",
        kept="for good, as a hash that cannot be turned back into an address",
        erased="not erased: it is what keeps the promise",
        exported=False,
        fields=("address_hash",),
        impersonal=("reason", "suppressed_at"),
    )

    def __str__(self) -> str:
        return f"{self.address_hash[:8]}… {self.get_reason_display()}"
