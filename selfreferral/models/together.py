"""Working with others: agreements to share, what is shared under them, and asking that a record is erased."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models

from portal.accounts.models import User
from portal.privacy import NoPersonalData, PersonalData
from selfreferral.models.referrals import Referral
from selfreferral.models.sealing import Row, kept_with_referral, worker


class SharingAgreementQuerySet(models.QuerySet["SharingAgreement"]):
    """Which agreements hold."""

    def in_force(self, *, today: date) -> Self:
        return self.filter(ended_at=None, begins_on__lte=today, ends_on__gte=today)


class SharingAgreement(Row):
    """A signed agreement under which a partner may be shown what they need to know, until a day."""

    partner_name = models.CharField("partner", max_length=120)
    purpose = models.CharField(max_length=300)
    lawful_basis = models.CharField(
        max_length=300, help_text="Article 6 and, for sensitive words, Article 9 of UK GDPR."
    )
    begins_on = models.DateField()
    ends_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = worker()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = worker()

    objects = SharingAgreementQuerySet.as_manager()
    personal_data = NoPersonalData(because="it is between organisations")

    class Meta:
        default_permissions = ()
        verbose_name = "agreement to share"
        verbose_name_plural = "agreements to share"
        ordering = ["partner_name", "begins_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("begins_on")), name="an_agreement_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.partner_name


class SharedViewQuerySet(models.QuerySet["SharedView"]):
    """What is shared with whom just now."""

    def in_force(self, *, today: date) -> Self:
        """Neither taken back nor past its day, under an agreement that holds."""
        return self.filter(
            ended_at=None,
            ends_on__gte=today,
            agreement__ended_at=None,
            agreement__begins_on__lte=today,
            agreement__ends_on__gte=today,
        )

    def with_partner(self, user: User) -> Self:
        return self.filter(partner=user)


class SharedView(Row):
    """One referral shown to one person of a partner, the parts that they need and no more, until a day."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="shared_views")
    agreement = models.ForeignKey(SharingAgreement, on_delete=models.PROTECT, related_name="shared_views")
    partner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    parts = models.JSONField(help_text="Keys of the questions and names of the parts of the record that are shown.")
    sealed_why = models.BinaryField()
    ends_on = models.DateField()
    shared_at = models.DateTimeField()
    shared_by = worker()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = worker()

    objects = SharedViewQuerySet.as_manager()
    personal_data = kept_with_referral(
        "To let a partner who works with the person read what they need.",
        "sealed_why",
        "partner",
        impersonal=("agreement", "parts", "ends_on", "shared_at", "shared_by", "ended_at", "ended_by"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "view shared with a partner"
        verbose_name_plural = "views shared with partners"
        ordering = ["shared_at"]

    def __str__(self) -> str:
        return f"{self.referral_id} with {self.partner_id}"


class ErasureRequest(Row):
    """The lead asks that a record is erased; an administrator, who sees the reference alone, agrees or not."""

    class Why(models.TextChoices):
        PERSON = "person", "The person asked for it"
        MISTAKE = "mistake", "It was taken in by mistake"
        NOBODY = "nobody", "It is about nobody, such as a test"

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="erasure_requests")
    why = models.CharField(max_length=7, choices=Why)
    asked_at = models.DateTimeField()
    asked_by = worker()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = worker()
    is_agreed = models.BooleanField(null=True)

    personal_data = PersonalData(
        purpose="To show that two people agreed before a record was erased.",
        kept="as long as the reference itself",
        erased="it stays, and says nothing about anybody",
        exported=False,
        fields=(),
        impersonal=("referral", "why", "asked_at", "asked_by", "decided_at", "decided_by", "is_agreed"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "wish to erase a record"
        verbose_name_plural = "wishes to erase records"
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=models.Q(decided_at=None), name="one_open_wish_to_erase"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at__isnull=True, is_agreed__isnull=True)
                | models.Q(decided_at__isnull=False, is_agreed__isnull=False),
                name="a_wish_is_open_or_decided",
            ),
        ]

    def __str__(self) -> str:
        return str(self.referral_id)
