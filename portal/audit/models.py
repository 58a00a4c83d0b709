"""The one table of what was done: appended, never edited, with no foreign keys, so history blocks no deletion."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db import models

from portal.audit.appended import Kept
from portal.privacy import NoPersonalData, PersonalData


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Ways to look back."""

    def about(self, subject: models.Model) -> Self:
        return self.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))

    def newest_first(self) -> Self:
        return self.order_by("-pk")

    def called(self, action: str) -> Self:
        """All of one kind."""
        return self.filter(action=action)

    def last_of(self, actions: Iterable[str]) -> "AuditEvent | None":
        """The last of some kinds: one look into the index for each kind, however long history is."""
        of_each = [models.Subquery(self.called(name).latest_first().values("pk")[:1]) for name in sorted(actions)]
        return self.filter(pk__in=of_each).newest_first().first()

    def done_by_account(self, number: int | str) -> Self:
        return self.filter(done_by=str(number))

    def done_between(self, since: datetime, until: datetime) -> Self:
        """From one moment to just before another."""
        return self.filter(done_at__gte=since, done_at__lt=until)

    def latest_first(self) -> Self:
        """By when it was done, as the indexes by doer and by action have it."""
        return self.order_by("-done_at", "-pk")


class AuditEvent(Kept):
    """Somebody did something at a moment: the action's name, ids, and never anybody's words or address."""

    action = models.CharField(max_length=80)
    done_at = models.DateTimeField()
    done_by = models.CharField(max_length=40, blank=True, help_text="the account's id; empty for a resident")
    subject_type = models.CharField(max_length=80, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    detail = models.JSONField(default=dict)

    objects = AuditEventQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To show who did what, so that staff can be held to account.",
        kept="{audit.history}",
        erased="not erased before its time: it holds the number of an account that is gone, and no name",
        exported=True,
        fields=("done_by",),
        impersonal=("action", "done_at", "subject_type", "subject_id", "detail"),
    )

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="audit_by_subject"),
            models.Index(fields=["done_by", "done_at"], name="audit_by_doer"),
            models.Index(fields=["action", "done_at"], name="audit_by_action"),
        ]

    def __str__(self) -> str:
        return f"{self.done_at:%Y-%m-%d %H:%M} {self.action}"


class AuditSeal(Kept):
    """A stretch of history that was settled, and a keyed number over it and over the seal before."""

    # Pairs of first and last number; gaps are numbers that were drawn and never stored.
    stretches = models.JSONField()
    events = models.PositiveIntegerField()
    last_id = models.BigIntegerField()
    sealed_at = models.DateTimeField()
    mac = models.CharField(max_length=64)

    personal_data = NoPersonalData(because="it is a number over other rows")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Seal {self.pk} up to {self.last_id}"


class AuditCut(Kept):
    """Where history was cut off because its time was over: the only way in which rows leave, and itself for good."""

    up_to_id = models.BigIntegerField()
    events = models.PositiveIntegerField(help_text="How many rows were removed.")
    last_mac = models.CharField(max_length=64, help_text="The seal up to which history was cut.")
    reason = models.CharField(max_length=200)
    cut_at = models.DateTimeField()
    mac = models.CharField(max_length=64)

    personal_data = NoPersonalData(because="it says how many rows left and why")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Cut up to {self.up_to_id}"
