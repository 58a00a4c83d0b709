"""Addresses that must get no more mail, mails that came back, and what strangers caused; no address, only keyed hashes."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Count

from portal.privacy import NoPersonalData, PersonalData


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
        kept="until a mail arrives there, or {emails.soft_bounces}",
        erased="the row is deleted; the address itself is not kept",
        exported=False,
        fields=("address_hash", "mail"),
        impersonal=("came_back_at",),
    )

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["address_hash", "mail"], name="one_soft_bounce_per_mail")]

    def __str__(self) -> str:
        return f"{self.address_hash[:8]}… came back"


class StrangersDayQuerySet(models.QuerySet["StrangersDay"]):
    """Ways to look at the days of a budget."""

    def since(self, day: date) -> Self:
        return self.filter(day__gte=day)

    def before(self, day: date) -> Self:
        return self.filter(day__lt=day)

    def newest_first(self) -> Self:
        return self.order_by("-day", "purse")


class StrangersDay(models.Model):
    """What became of the mails that strangers caused on one day, and how many may go."""

    class Purse(models.TextChoices):
        FORMS = "forms", "mails that a public form asks for"
        SIGN_IN = "sign_in", "codes and links to sign in"

    day = models.DateField()
    purse = models.CharField(max_length=8, choices=Purse, default=Purse.FORMS)
    allowed = models.PositiveIntegerField(null=True, help_text="Where staff raised it for this day; else the setting.")
    sent = models.PositiveIntegerField(default=0)
    waited = models.PositiveIntegerField(default=0)
    not_sent = models.PositiveIntegerField(default=0, help_text="One address had been sent its share already.")

    objects = StrangersDayQuerySet.as_manager()
    personal_data = NoPersonalData(because="it counts mails of a day, without saying whose")

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_misuse", "Can see what limits held back"),
            ("raise_budget", "Can let more mails go today"),
        ]
        constraints = [models.UniqueConstraint(fields=["day", "purse"], name="emails_one_purse_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.purse}: {self.sent}"


class StrangersAddressQuerySet(models.QuerySet["StrangersAddress"]):
    """Ways to choose counts of one address."""

    def before(self, day: date) -> Self:
        return self.filter(day__lt=day)


class StrangersAddress(models.Model):
    """How many mails strangers had us send to one address in a day; known by a keyed hash that is another one tomorrow."""

    address_hash = models.CharField(max_length=64)
    day = models.DateField()
    mails = models.PositiveSmallIntegerField(default=0)

    objects = StrangersAddressQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To keep anybody from having somebody else's letter box filled.",
        kept="{emails.strangers_addresses}, until the night after",
        erased="the row is deleted",
        exported=False,
        fields=("address_hash",),
        impersonal=("day", "mails"),
    )

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["address_hash", "day"], name="emails_one_count_an_address_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.mails} mails on {self.day}"


class HeldBackQuerySet(models.QuerySet["HeldBack"]):
    """Ways to look at what limits and traps did."""

    def since(self, day: date) -> Self:
        return self.filter(day__gte=day)

    def before(self, day: date) -> Self:
        return self.filter(day__lt=day)

    def by_name(self) -> Self:
        return self.order_by("name", "-day")


class HeldBack(models.Model):
    """How often a limit or a trap spoke on one day: the name of the limit, and no word about whom it met."""

    day = models.DateField()
    name = models.CharField(max_length=60)
    times = models.PositiveIntegerField(default=0)

    objects = HeldBackQuerySet.as_manager()
    personal_data = NoPersonalData(because="it counts how often a limit spoke, without saying to whom")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["day", "name"], name="emails_one_count_a_limit_a_day")]

    def __str__(self) -> str:
        return f"{self.name} {self.day}: {self.times}"
