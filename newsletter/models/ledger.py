"""The send ledger: one row for each sending of an issue, one for each reader's copy."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from newsletter.models.readers import Subscriber
from newsletter.workflow import IN_WORDS, LEASE, REASONS_IN_WORDS, CampaignState, DeliveryState, Reason
from portal.privacy import PersonalData


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Ways to choose sendings."""

    def that_count(self) -> Self:
        """Sendings that went, go or will go; one that was stopped before it began is as if it had never been."""
        return self.exclude(state=CampaignState.STOPPED)

    def of_issue(self, issue: models.Model) -> Self:
        return self.filter(issue_id=issue.pk)

    def of_issues(self, issues: Iterable[models.Model]) -> Self:
        return self.filter(issue_id__in=[issue.pk for issue in issues])

    def without_words(self) -> Self:
        """Without the frozen mail, which is long and seldom wanted."""
        return self.defer("html", "text", "parts")

    def under_way(self) -> Self:
        return self.filter(state=CampaignState.SENDING)

    def unfrozen(self) -> Self:
        """Sendings of which nothing is fixed yet: planned, or held before their time came."""
        return self.filter(frozen_at=None, state__in=[CampaignState.PLANNED, CampaignState.HELD])

    def of_day(self, day: date) -> Self:
        """The weekly mails of one day, one for each segment."""
        return self.filter(digest_on=day)

    def of_last_days(self, how_many: int) -> Self:
        """The weekly mails of the last so many days that had one."""
        days = self.weekly().order_by("-digest_on").values_list("digest_on", flat=True).distinct()
        return self.filter(digest_on__in=list(days[:how_many]))

    def weekly(self) -> Self:
        return self.filter(digest_on__isnull=False)

    def weekly_before(self, day: date) -> Self:
        """Weekly mails of earlier days that went, the newest first."""
        went = self.filter(digest_on__lt=day, frozen_at__isnull=False).exclude(state=CampaignState.STOPPED)
        return went.order_by("-digest_on", "-pk")

    def overdue(self, *, now: datetime) -> Self:
        """Sendings at which somebody should have looked some minutes ago."""
        late = now - timedelta(minutes=2)
        not_begun = Q(state__in=[CampaignState.PLANNED, CampaignState.WAITING], starts_at__lt=late)
        return self.filter(not_begun | Q(state=CampaignState.SENDING, next_look_at__lt=late))

    def for_a_person(self) -> Self:
        """Sendings that wait for somebody to decide: on hold."""
        return self.filter(state=CampaignState.HELD)

    def newest_first(self) -> Self:
        return self.order_by("-pk")


class Campaign(models.Model):
    """One sending of an issue: its words as they were frozen, and how far it has come."""

    issue = models.ForeignKey("newsletter.IssuePage", null=True, on_delete=models.SET_NULL, related_name="campaigns")
    digest_on = models.DateField(null=True, blank=True, help_text="The day of a weekly mail; empty for an issue.")
    segment = models.CharField(
        max_length=120, blank=True, help_text="Of a weekly mail: for which place and topics its words were made."
    )
    seen_revision = models.PositiveIntegerField(
        null=True, blank=True, help_text="The revision that was looked at when this was planned."
    )
    overridden = models.JSONField(default=list, help_text="Findings of the accessibility gate that were let through.")
    override_reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=[(state.value, IN_WORDS[state]) for state in CampaignState])
    subject = models.CharField(max_length=255)
    html = models.TextField(blank=True)
    text = models.TextField(blank=True)
    parts = models.JSONField(default=list, help_text="The neutral list of parts as it was frozen.")
    candidates = models.PositiveIntegerField(default=0, help_text="Confirmed readers at freezing: one ledger row each.")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    frozen_at = models.DateTimeField(null=True, blank=True, help_text="Empty while it is only planned.")
    starts_at = models.DateTimeField()
    next_look_at = models.DateTimeField(
        null=True, blank=True, help_text="When a worker looks whether this still moves."
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    held_because = models.CharField(max_length=200, blank=True)
    troubles = models.PositiveSmallIntegerField(
        default=0, help_text="Times in a row that the mail server was in trouble."
    )

    objects = CampaignQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To show who sent an issue, with which words and how far it came.",
        kept="as long as the newspaper's archive",
        erased="the editor's name is cut from it",
        exported=True,
        fields=("created_by",),
        impersonal=(
            "issue",
            "digest_on",
            "segment",
            "seen_revision",
            "overridden",
            "override_reason",
            "state",
            "subject",
            "html",
            "text",
            "parts",
            "candidates",
            "frozen_at",
            "starts_at",
            "next_look_at",
            "finished_at",
            "held_because",
            "troubles",
        ),
    )

    class Meta:
        verbose_name = "sending of an issue"
        verbose_name_plural = "sendings of issues"
        default_permissions = ("view",)
        permissions = [("send_campaign", "Can send an issue to its readers")]
        constraints = [
            models.UniqueConstraint(
                fields=["issue"], condition=~Q(state=CampaignState.STOPPED.value), name="one_sending_per_issue"
            ),
            models.UniqueConstraint(
                fields=["digest_on", "segment"],
                condition=Q(digest_on__isnull=False),
                name="one_weekly_mail_per_segment",
            ),
        ]

    def __str__(self) -> str:
        return f"sending {self.pk} of “{self.subject}”"

    @property
    def is_unfrozen(self) -> bool:
        """Whether nothing is fixed yet: it is planned, or was held before its time came."""
        return self.frozen_at is None and self.state in {CampaignState.PLANNED, CampaignState.HELD}

    @property
    def state_in_words(self) -> str:
        return IN_WORDS[self.state]


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
        return self.filter(subscriber__email__iexact=address).exclude(subscriber__email="")

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

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(Subscriber, null=True, on_delete=models.SET_NULL, related_name="deliveries")
    message_id = models.CharField(max_length=120, unique=True)
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
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = DeliveryQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To send each issue to each reader once, and to answer “why did I not get it?”.",
        kept="as long as the reader's own row; after that without the reader",
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
        constraints = [models.UniqueConstraint(fields=["campaign", "subscriber"], name="one_copy_per_reader")]
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
