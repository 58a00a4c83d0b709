"""Working with others: agreements to share, what is shared under them, and asking that a record is erased."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from portal.accounts.models import User
from portal.privacy import NoPersonalData, PersonalData
from selfreferral.models.referrals import Referral
from selfreferral.models.sealing import Row, kept_with_referral, worker
from selfreferral.models.seeing import Acquaintance
from selfreferral.people import partners
from selfreferral.workflow import CONTACT, State

# Shown to a partner only while we work with the person.
SHARED_WHILE: frozenset[State] = CONTACT


class SharingAgreementQuerySet(models.QuerySet["SharingAgreement"]):
    """Which agreements hold."""

    def in_force(self, *, today: date) -> Self:
        return self.filter(ended_at=None, begins_on__lte=today, ends_on__gte=today)

    def newest_first(self) -> Self:
        return self.select_related("recorded_by", "ended_by").order_by("-begins_on", "partner_name", "pk")


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

    def standing(self, today: date) -> str:
        """Where it stands, in words."""
        if self.ended_at:
            return "Ended early"
        if self.begins_on > today:
            return "Not begun"
        return "Over" if self.ends_on < today else "In force"

    def may_end(self, today: date) -> bool:
        return self.ended_at is None and self.ends_on >= today


class SharedViewQuerySet(models.QuerySet["SharedView"]):
    """What is shared with whom just now."""

    def in_force(self, *, today: date) -> Self:
        """Neither taken back nor past its day, under an agreement that holds, with a partner who is one still and does
        not know the person, of somebody with whom we work."""
        known = Acquaintance.objects.of(OuterRef("partner")).filter(referral=OuterRef("referral"))
        return self.filter(
            ~Exists(known),
            ended_at=None,
            ends_on__gte=today,
            agreement__ended_at=None,
            agreement__begins_on__lte=today,
            agreement__ends_on__gte=today,
            partner__in=partners().values("pk"),
            referral__state__in=SHARED_WHILE,
        )

    def lapsed(self, *, today: date) -> Self:
        """Those that nobody ended and that show nothing any more."""
        return self.filter(ended_at=None).exclude(pk__in=self.model.objects.in_force(today=today).values("pk"))

    def standing(self) -> Self:
        return self.filter(ended_at=None)

    def with_partner(self, user: User) -> Self:
        return self.filter(partner=user)

    def told(self) -> Self:
        """With all whom a list of them names."""
        return self.select_related("partner", "agreement", "shared_by", "ended_by")

    def soonest_to_end(self) -> Self:
        """With the reference and nickname alone of the person."""
        return self.select_related("referral").order_by("ends_on", "shared_at", "pk").defer("referral__wrapped_key")


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


class ErasureRequestQuerySet(models.QuerySet["ErasureRequest"]):
    """What an administrator decides, and what was decided."""

    def waiting(self) -> Self:
        return self.filter(decided_at=None)

    def by_reference(self) -> Self:
        """With the reference alone of whom it is about, and with the two who ask and decide."""
        names = [
            f"{who}__{name}" for who in ("asked_by", "decided_by") for name in ("first_name", "last_name", "email")
        ]
        return self.select_related("referral", "asked_by", "decided_by").only(
            "why", "asked_at", "decided_at", "is_agreed", "referral__reference", *names
        )

    def decided_lately(self) -> Self:
        return self.exclude(decided_at=None).order_by("-decided_at", "-pk")


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

    objects = ErasureRequestQuerySet.as_manager()
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
