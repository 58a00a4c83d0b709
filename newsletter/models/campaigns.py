"""Sendings: one row for each sending of an issue or version of a weekly mail, with its words as they were frozen."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from newsletter.workflow import IN_WORDS, CampaignState
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

    def planned(self) -> Self:
        return self.filter(state=CampaignState.PLANNED)

    def under_way(self) -> Self:
        return self.filter(state=CampaignState.SENDING)

    def unfrozen(self) -> Self:
        """Sendings of which nothing is fixed yet: planned, or held before their time came."""
        return self.filter(frozen_at=None, state__in=[CampaignState.PLANNED, CampaignState.HELD])

    def unfinished(self) -> Self:
        """Sendings that have not come to an end."""
        return self.exclude(state__in=[CampaignState.STOPPED, CampaignState.CANCELLED, CampaignState.SENT])

    def without_issue(self) -> Self:
        """Sendings of issues that were deleted."""
        return self.filter(issue=None, digest_on=None)

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
        """Sendings that wait for somebody to decide, or will when their hour comes: on hold, or planned and not as then."""
        shown, looked_at = Coalesce("issue__live_revision_id", 0), Coalesce("seen_revision", 0)
        otherwise = Q(issue=None) | Q(issue__live=False) | ~Q(shown=F("looked_at"))
        waiting = Q(state=CampaignState.HELD) | Q(state=CampaignState.PLANNED) & otherwise
        return self.alias(shown=shown, looked_at=looked_at).filter(waiting)

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
