"""The send ledger: one row for each reader's copy of a sending."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Lower

from newsletter.models.campaigns import Campaign
from newsletter.models.readers import Subscriber
from newsletter.workflow import IN_WORDS, LEASE, REASONS_IN_WORDS, CampaignState, DeliveryState, Reason
from portal.emails.spelling import one_spelling
from portal.privacy import PersonalData


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Ways to read the ledger."""

    def claimable(self, *, now: datetime) -> Self:
        """Copies still to go that no living worker holds and whose time has come."""
        return self.filter(
            Q(claimed_until__isnull=True) | Q(claimed_until__lt=now),
            Q(not_before__isnull=True) | Q(not_before__lte=now),
            state=DeliveryState.QUEUED,
        )

    def with_their_sending(self) -> Self:
        """With the subject of what was sent, without its long words."""
        return self.select_related("campaign").defer("campaign__html", "campaign__text", "campaign__parts")

    def numbered(self, numbers: Iterable[int]) -> Self:
        return self.filter(pk__in=numbers)

    def held_by(self, worker: str) -> Self:
        return self.filter(claimed_by=worker)

    def lost(self, *, now: datetime) -> Self:
        """Copies that were going over when their worker fell silent."""
        return self.filter(state=DeliveryState.SENDING, claimed_until__lt=now)

    def under_way(self, *, now: datetime) -> Self:
        """Copies that some living worker hands over at this moment."""
        sendings = Campaign.objects.filter(state__in=[CampaignState.SENDING, CampaignState.HELD])
        return self.filter(campaign__in=sendings, state=DeliveryState.SENDING, claimed_until__gte=now)

    def gone_since(self, moment: datetime) -> Self:
        return self.filter(submitted_at__gt=moment)

    def first_gone_since(self, moment: datetime) -> datetime | None:
        return self.gone_since(moment).order_by("submitted_at").values_list("submitted_at", flat=True).first()

    def queued(self) -> Self:
        return self.filter(state=DeliveryState.QUEUED)

    def begun(self) -> Self:
        """Copies that went, or may have gone."""
        never = Q(state__in=[DeliveryState.QUEUED, DeliveryState.EXCLUDED])
        return self.exclude(never | Q(state=DeliveryState.SUPPRESSED, submitted_at=None))

    def unfinished(self) -> Self:
        return self.filter(state__in=[DeliveryState.QUEUED, DeliveryState.SENDING])

    def uncertain(self) -> Self:
        return self.filter(state=DeliveryState.UNCERTAIN)

    def with_message_id(self, message_id: str) -> Self:
        """The copy that went under a Message-ID, written with or without its angle brackets."""
        return self.filter(message_id=f"<{message_id.strip('<>')}>")

    def called_by_provider(self, provider_id: str) -> Self:
        """Copies by what the provider calls them; one that sends many at once may call them all the same."""
        name = provider_id.strip("<>")
        return self.filter(provider_id__in=[name, f"<{name}>"]).exclude(provider_id="")

    def going_to(self, address: str) -> Self:
        found = self.alias(goes_to=Lower("subscriber__email")).filter(goes_to=one_spelling(address))
        return found.exclude(subscriber__email="")

    def oldest_first(self) -> Self:
        return self.order_by("pk")

    def with_reader(self) -> Self:
        return self.select_related("subscriber")

    def campaigns_count(self) -> int:
        """To how many sendings these copies belong."""
        return self.order_by().values("campaign").distinct().count()

    def counts_by_campaign(self, campaigns: Iterable[int]) -> defaultdict[int, Counter[str]]:
        """How many copies of each sending are in each state, in one query."""
        found: defaultdict[int, Counter[str]] = defaultdict(Counter)
        rows = self.filter(campaign__in=campaigns).order_by().values_list("campaign", "state")
        for campaign, state, how_many in rows.annotate(how_many=Count("pk")):
            found[campaign][state] = how_many
        return found

    def counts(self) -> Counter[str]:
        """How many copies are in each state."""
        rows = self.order_by().values_list("state").annotate(how_many=Count("pk"))
        return Counter(dict(rows))

    def reasons(self) -> list[tuple[str, str, int]]:
        """State, reason in words and how many, for copies that did not plainly go."""
        rows = self.exclude(reason="").order_by("state", "reason").values_list("state", "reason")
        counted = rows.annotate(how_many=Count("pk"))
        return [(IN_WORDS[state], REASONS_IN_WORDS[reason], how_many) for state, reason, how_many in counted]


class Delivery(models.Model):
    """One reader's copy of one sending. Its Message-ID is made before anything is sent, so its fate can be asked after."""

    # Every row is written several times in a sending, so it has no index that another one serves as well.
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    subscriber = models.ForeignKey(Subscriber, null=True, on_delete=models.SET_NULL, related_name="deliveries")
    message_id = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=[(s.value, IN_WORDS[s]) for s in DeliveryState])
    reason = models.CharField(max_length=20, choices=[(r.value, REASONS_IN_WORDS[r]) for r in Reason], blank=True)
    reply_code = models.PositiveSmallIntegerField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.CharField(max_length=40, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    provider_id = models.CharField(max_length=120, blank=True, help_text="What the mail provider calls this copy.")
    settled_at = models.DateTimeField(
        null=True, blank=True, help_text="When a provider or a person said what became of it."
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )

    objects = DeliveryQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To send each issue to each reader once, and to answer “why did I not get it?”.",
        kept="{newsletter.copies}; after that without the reader",
        erased="the link to the reader is cut; the count stays",
        exported=True,
        fields=(
            "subscriber",
            "message_id",
            "provider_id",
            "state",
            "reason",
            "submitted_at",
            "settled_at",
            "settled_by",
        ),
        impersonal=("campaign", "reply_code", "attempts", "claimed_by", "claimed_until", "not_before"),
    )

    class Meta:
        verbose_name_plural = "copies of the newspaper"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["campaign", "subscriber"], name="one_copy_per_reader"),
            models.UniqueConstraint(fields=["message_id"], name="one_copy_per_message_id"),
        ]
        indexes = [
            models.Index(fields=["campaign", "state", "id"], name="copies_by_state"),
            models.Index(
                fields=["campaign"], condition=Q(state=DeliveryState.UNCERTAIN.value), name="uncertain_copies"
            ),
            models.Index(fields=["provider_id"], condition=~Q(provider_id=""), name="copies_by_provider_id"),
            # How many went in the last minute, for providers that take only so many.
            models.Index(fields=["submitted_at"], condition=Q(submitted_at__isnull=False), name="copies_by_time"),
        ]

    def __str__(self) -> str:
        return f"copy {self.pk}"

    @property
    def went_over_at(self) -> datetime | None:
        """About when it was handed over, for whoever looks it up in a provider's log."""
        return self.claimed_until - LEASE if self.claimed_until else None
