"""What was done with a referral: appended, never edited, with every word under the referral's own seal."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from django.db import models

from portal.accounts.models import User
from selfreferral.contact.card import CHANNEL_LABELS
from selfreferral.contact.outcomes import CAME, CAME_LABEL, OUTCOME_LABELS
from selfreferral.models.referrals import STATES, Referral
from selfreferral.models.sealing import Appended, kept_with_referral, worker
from selfreferral.workflow import State

CHANNELS = [(channel.value, label) for channel, label in CHANNEL_LABELS.items()]
OUTCOMES = [(outcome.value, label) for outcome, label in OUTCOME_LABELS.items()]
OVERRIDE_LASTS = timedelta(hours=1)
# The reason that the clock gives; nobody else is its author.
LAPSED = "Its time to be read ran out, and nobody had gone on with it."


class TriageDecisionQuerySet(models.QuerySet["TriageDecision"]):
    """When what began."""

    def began(self, *, episode: int) -> datetime | None:
        """When this episode came into the queue; putting it back later begins nothing."""
        came = self.filter(episode=episode, to_state=State.NEW).order_by("decided_at", "pk").first()
        return came.decided_at if came else None

    def began_again(self, referrals: Iterable[Referral]) -> dict[UUID, datetime]:
        """When those of these came into the queue for the last time that were opened again."""
        again = [one.pk for one in referrals if one.episode > 1]
        came = self.filter(referral__in=again, episode=models.F("referral__episode"), to_state=State.NEW)
        return dict(came.order_by("-decided_at").values_list("referral", "decided_at")) if again else {}

    def lapses(self) -> Self:
        """Put back by the clock, because the time to read it ran out."""
        return self.filter(from_state=State.SCREENING, to_state=State.NEW, decided_by=None)


class TriageDecision(Appended):
    """Somebody moved a referral on, and why."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="decisions")
    from_state = models.CharField(max_length=12, choices=STATES, blank=True)
    to_state = models.CharField(max_length=12, choices=STATES)
    episode = models.PositiveSmallIntegerField(default=1)
    sealed_reason = models.BinaryField()
    decided_at = models.DateTimeField()
    decided_by = worker()

    objects = TriageDecisionQuerySet.as_manager()
    personal_data = kept_with_referral(
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
    """From now on this navigator holds the referral, or nobody does; why, and who was there when it was settled."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="allocations")
    navigator = worker()
    sealed_reason = models.BinaryField()
    sealed_meeting = models.BinaryField(default=bytes)
    allocated_at = models.DateTimeField()
    allocated_by = worker()

    personal_data = kept_with_referral(
        "To know who has walked beside somebody, and since when.",
        "sealed_reason",
        "sealed_meeting",
        impersonal=("navigator", "allocated_at", "allocated_by"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "allocation of a request for help"
        verbose_name_plural = "allocations of requests for help"
        ordering = ["allocated_at", "pk"]

    def __str__(self) -> str:
        return f"{self.referral_id} to {self.navigator_id}"


class ContactAttemptQuerySet(models.QuerySet["ContactAttempt"]):
    """Which tries."""

    def since(self, moment: datetime | None) -> Self:
        """From this moment on; all of them where there is none."""
        return self.filter(attempted_at__gte=moment) if moment else self.all()

    def by_us(self) -> Self:
        """Without those in which the person came by themselves."""
        return self.exclude(channel=CAME)


class ContactAttempt(Appended):
    """One try to reach the person: how, what came of it, and when to try again."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="attempts")
    channel = models.CharField(max_length=10, choices=[*CHANNELS, (CAME, CAME_LABEL)])
    outcome = models.CharField(max_length=24, choices=OUTCOMES)
    sealed_note = models.BinaryField()
    sealed_answered = models.BinaryField(default=bytes, help_text="Who answered, and how we knew that it was them.")
    next_try_on = models.DateField(null=True, blank=True)
    was_override = models.BooleanField("by a way that the card does not allow", default=False)
    attempted_at = models.DateTimeField()
    attempted_by = worker()

    objects = ContactAttemptQuerySet.as_manager()
    personal_data = kept_with_referral(
        "To know how we have tried to reach somebody, so that nobody is forgotten.",
        "channel",
        "outcome",
        "sealed_note",
        "sealed_answered",
        impersonal=("next_try_on", "was_override", "attempted_at", "attempted_by"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "try to reach somebody"
        verbose_name_plural = "tries to reach somebody"
        ordering = ["attempted_at", "pk"]

    def __str__(self) -> str:
        return f"{self.channel}: {self.outcome}"


class SignpostQuerySet(models.QuerySet["Signpost"]):
    """Which signposts."""

    def to_a_service(self, *, episode: int) -> Self:
        """Those of an episode that name a service of the directory."""
        return self.filter(episode=episode).exclude(sealed_service=b"")


class Signpost(Appended):
    """Somewhere we helped a person to find, in words."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="signposts")
    episode = models.PositiveSmallIntegerField(default=1)
    sealed_words = models.BinaryField()
    # The directory's row by kind and number, with the name it had: in the open it would say what somebody needs.
    sealed_service = models.BinaryField(default=bytes)
    is_duty_to_refer = models.BooleanField("told to the council under the duty to refer", default=False)
    follow_up_on = models.DateField(null=True, blank=True)
    signposted_at = models.DateTimeField()
    signposted_by = worker()

    objects = SignpostQuerySet.as_manager()
    personal_data = kept_with_referral(
        "To remember where we helped somebody to go.",
        "sealed_words",
        "sealed_service",
        impersonal=("episode", "is_duty_to_refer", "follow_up_on", "signposted_at", "signposted_by"),
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
    overridden_by = worker()

    objects = ChannelOverrideQuerySet.as_manager()
    personal_data = kept_with_referral(
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
