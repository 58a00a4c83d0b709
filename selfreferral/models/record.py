"""What staff write beside a referral: notes, risks, safeguarding and urgency."""

from datetime import date

from django.db import models

from selfreferral.models.referrals import Referral
from selfreferral.models.sealing import Appended, kept_with_referral, worker


class Note(Appended):
    """Words of a worker; put right by a further note that names it, never edited."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="notes")
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="corrections")
    sealed_words = models.BinaryField()
    is_about_others = models.BooleanField("tells about somebody else", default=False)
    written_at = models.DateTimeField()
    written_by = worker()

    personal_data = kept_with_referral(
        "To remember what matters for the next talk.",
        "sealed_words",
        impersonal=("corrects", "is_about_others", "written_at", "written_by"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "note about a request for help"
        verbose_name_plural = "notes about requests for help"
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return str(self.referral_id)


class RiskFlag(Appended):
    """Something that whoever goes near must know, from whom we know it, and when somebody looks at it again."""

    class Source(models.TextChoices):
        PERSON = "person", "the person themselves"
        OTHER = "other", "somebody else"
        WORKER = "worker", "a worker saw it"

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="flags")
    source = models.CharField(max_length=6, choices=Source)
    sealed_words = models.BinaryField()
    review_on = models.DateField()
    raised_at = models.DateTimeField()
    raised_by = worker()

    personal_data = kept_with_referral(
        "To keep the person and those who visit them safe.",
        "source",
        "sealed_words",
        impersonal=("review_on", "raised_at", "raised_by"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "risk to know about"
        verbose_name_plural = "risks to know about"
        ordering = ["raised_at", "pk"]

    def __str__(self) -> str:
        return str(self.referral_id)


class FlagReview(Appended):
    """Somebody looked at a risk again: it stays, with a new day to look, or it is over."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="flag_reviews")
    flag = models.ForeignKey(RiskFlag, on_delete=models.CASCADE, related_name="reviews")
    is_over = models.BooleanField()
    review_on = models.DateField(null=True, blank=True)
    sealed_why = models.BinaryField()
    reviewed_at = models.DateTimeField()
    reviewed_by = worker()

    personal_data = kept_with_referral(
        "To know whether a risk is still there.",
        "sealed_why",
        impersonal=("flag", "is_over", "review_on", "reviewed_at", "reviewed_by"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "review of a risk"
        verbose_name_plural = "reviews of risks"
        ordering = ["reviewed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_over=True) | models.Q(review_on__isnull=False), name="a_risk_that_stays_has_a_day"
            )
        ]

    def __str__(self) -> str:
        return str(self.flag_id)


class SafeguardingDecision(Appended):
    """Somebody thought about safeguarding: sent on or not, with or without the person's yes, and why."""

    class Outcome(models.TextChoices):
        CONSIDERED = "considered", "Thinking about it"
        SENT = "sent", "Sent to safeguarding"
        NOT_SENT = "not_sent", "Not sent"

    class About(models.TextChoices):
        ADULT = "adult", "an adult"
        CHILD = "child", "a child"

    class Consent(models.TextChoices):
        AGREED = "agreed", "They said yes"
        NOT_ASKED = "not_asked", "It was not safe to ask"
        WITHOUT = "without", "They said no, and it had to be done"

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="safeguarding")
    outcome = models.CharField(max_length=10, choices=Outcome)
    about = models.CharField(max_length=5, choices=About)
    consent = models.CharField(max_length=9, choices=Consent, blank=True)
    sealed_why = models.BinaryField()
    sent_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField()
    decided_by = worker()

    personal_data = kept_with_referral(
        "To show that safeguarding was thought about, what was decided and why.",
        "outcome",
        "about",
        "consent",
        "sealed_why",
        impersonal=("sent_at", "decided_at", "decided_by"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "decision about safeguarding"
        verbose_name_plural = "decisions about safeguarding"
        ordering = ["decided_at", "pk"]

    def __str__(self) -> str:
        return self.outcome


class UrgencyDecision(Appended):
    """Somebody decided that it cannot wait, or that it can after all, and why; nothing decides it by itself."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="urgency_decisions")
    is_urgent = models.BooleanField()
    sealed_reason = models.BinaryField()
    decided_at = models.DateTimeField()
    decided_by = worker()

    personal_data = kept_with_referral(
        "To remember why somebody was put before others.",
        "sealed_reason",
        impersonal=("is_urgent", "decided_at", "decided_by"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "decision about urgency"
        verbose_name_plural = "decisions about urgency"
        ordering = ["decided_at", "pk"]

    def __str__(self) -> str:
        return "urgent" if self.is_urgent else "not urgent"


def review_due(flag: RiskFlag) -> date | None:
    """The day on which somebody looks at this risk again; none when it is over. Reads `flag.reviews.all()`."""
    last = max(flag.reviews.all(), key=lambda review: review.reviewed_at, default=None)
    if last is None:
        return flag.review_on
    return None if last.is_over else last.review_on
