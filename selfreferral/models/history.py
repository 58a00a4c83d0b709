"""What was done with a referral: appended, never edited, with every word under the referral's own seal."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models

from portal.accounts.models import User
from portal.privacy import PersonalData
from selfreferral.contact import OUTCOME_LABELS
from selfreferral.models.referrals import Referral
from selfreferral.models.sealing import Appended
from selfreferral.safe_contact import CHANNEL_LABELS
from selfreferral.workflow import STAFF_LABELS

STATES = [(state.value, label) for state, label in STAFF_LABELS.items()]
CHANNELS = [(channel.value, label) for channel, label in CHANNEL_LABELS.items()]
OUTCOMES = [(outcome.value, label) for outcome, label in OUTCOME_LABELS.items()]
OVERRIDE_LASTS = timedelta(hours=1)


def _kept(purpose: str, *fields: str, impersonal: tuple[str, ...]) -> PersonalData:
    return PersonalData(
        purpose=purpose,
        kept="as long as the request for help",
        erased="its key is destroyed with the request for help",
        exported=True,
        fields=fields,
        impersonal=("referral", *impersonal),
    )


def _worker() -> models.ForeignKey[User | None, User | None]:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


class TriageDecision(Appended):
    """Somebody moved a referral on, and why."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="decisions")
    from_state = models.CharField(max_length=12, choices=STATES, blank=True)
    to_state = models.CharField(max_length=12, choices=STATES)
    episode = models.PositiveSmallIntegerField(default=1)
    sealed_reason = models.BinaryField()
    decided_at = models.DateTimeField()
    decided_by = _worker()

    personal_data = _kept(
        "To remember why somebody decided what happens next.",
        "sealed_reason",
        impersonal=("from_state", "to_state", "episode", "decided_at", "decided_by"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "decision about a request for help"
        verbose_name_plural = "decisions about requests for help"
        ordering = ["decided_at", "pk"]

    def __str__(self) -> str:
        return f"{self.from_state} to {self.to_state}"


class Allocation(Appended):
    """From now on this navigator holds the referral, or nobody does; why, in words."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="allocations")
    navigator = _worker()
    sealed_reason = models.BinaryField()
    allocated_at = models.DateTimeField()
    allocated_by = _worker()

    personal_data = _kept(
        "To know who has walked beside somebody, and since when.",
        "sealed_reason",
        impersonal=("navigator", "allocated_at", "allocated_by"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "allocation of a request for help"
        verbose_name_plural = "allocations of requests for help"
        ordering = ["allocated_at", "pk"]

    def __str__(self) -> str:
        return f"{self.referral_id} to {self.navigator_id}"


class ContactAttempt(Appended):
    """One try to reach the person: how, what came of it, and when to try again."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="attempts")
    channel = models.CharField(max_length=10, choices=CHANNELS)
    outcome = models.CharField(max_length=24, choices=OUTCOMES)
    sealed_note = models.BinaryField()
    next_try_on = models.DateField(null=True, blank=True)
    was_override = models.BooleanField("by a way that the card does not allow", default=False)
    attempted_at = models.DateTimeField()
    attempted_by = _worker()

    personal_data = _kept(
        "To know how we have tried to reach somebody, so that nobody is forgotten.",
        "channel",
        "outcome",
        "sealed_note",
        impersonal=("next_try_on", "was_override", "attempted_at", "attempted_by"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "try to reach somebody"
        verbose_name_plural = "tries to reach somebody"
        ordering = ["attempted_at", "pk"]

    def __str__(self) -> str:
        return f"{self.channel}: {self.outcome}"


class Signpost(Appended):
    """Somewhere we helped a person to find, in words."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="signposts")
    episode = models.PositiveSmallIntegerField(default=1)
    sealed_words = models.BinaryField()
    signposted_at = models.DateTimeField()
    signposted_by = _worker()

    personal_data = _kept(
        "To remember where we helped somebody to go.",
        "sealed_words",
        impersonal=("episode", "signposted_at", "signposted_by"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "place we helped somebody to find"
        verbose_name_plural = "places we helped somebody to find"
        ordering = ["signposted_at", "pk"]

    def __str__(self) -> str:
        return str(self.referral_id)


class ChannelOverrideQuerySet(models.QuerySet["ChannelOverride"]):
    """Which overrides hold."""

    def in_force(self, *, user: User, now: datetime) -> Self:
        """Only for whoever gave the reason, and only for an hour."""
        return self.filter(overridden_by=user, overridden_at__gt=now - OVERRIDE_LASTS, overridden_at__lte=now)


class ChannelOverride(Appended):
    """A worker took it upon themselves to use a way that the card does not allow, and says why."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="overrides")
    channel = models.CharField(max_length=10, choices=CHANNELS)
    sealed_reason = models.BinaryField()
    overridden_at = models.DateTimeField()
    overridden_by = _worker()

    objects = ChannelOverrideQuerySet.as_manager()
    personal_data = _kept(
        "To show why somebody was reached in a way that they did not call safe.",
        "channel",
        "sealed_reason",
        impersonal=("overridden_at", "overridden_by"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "use of a way that was not called safe"
        verbose_name_plural = "uses of ways that were not called safe"
        ordering = ["overridden_at", "pk"]

    def __str__(self) -> str:
        return self.channel
