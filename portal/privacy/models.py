"""What keeps a row beyond its time, what is said before it goes, and what stays when it is gone: a number and a certificate."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.privacy.declarations import NoPersonalData, PersonalData

LONGEST_REASON = 500


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    """Ways to look for holds."""

    def in_force(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def on_any(self, model: type[models.Model]) -> Self:
        """Holds on rows of one kind."""
        return self.filter(subject_type=model._meta.label_lower)

    def on(self, subject: models.Model) -> Self:
        return self.on_any(subject._meta.model).filter(subject_id=str(subject.pk))

    def restrictions(self) -> Self:
        """Of what is kept and not used, because somebody asked for that."""
        return self.filter(kind=LegalHold.Kind.RESTRICTION)

    def without_restrictions(self) -> Self:
        return self.exclude(kind=LegalHold.Kind.RESTRICTION)

    def ended_before(self, moment: datetime) -> Self:
        return self.filter(ended_at__lt=moment)

    def to_look_at_first(self) -> Self:
        """By the day on which somebody is to look whether it is still needed."""
        return self.select_related("placed_by", "ended_by").order_by("review_on", "pk")


class LegalHold(models.Model):
    """Somebody decided that a row stays although its time is over; no foreign key, so that any kind of row can be held."""

    class Kind(models.TextChoices):
        """Why a row stays: somebody decided so, or its person asked that it is not used for now."""

        HOLD = "hold", "Kept beyond its time"
        RESTRICTION = "restriction", "Not to be used for now"

    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=40)
    kind = models.CharField(max_length=11, choices=Kind, default=Kind.HOLD)
    reason = models.CharField(max_length=LONGEST_REASON, help_text="Why it must stay. No names.")
    review_on = models.DateField("look again on")
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="holds_placed")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="holds_ended"
    )
    ended_because = models.CharField(max_length=LONGEST_REASON, blank=True)

    objects = LegalHoldQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To keep what a court, a complaint or a question about safety still needs, and to show who decided so.",
        kept="until somebody ends the hold, and {privacy.holds} after",
        erased="with its time; while it stands, it stays",
        exported=True,
        fields=("subject_id", "reason", "placed_by", "ended_by", "ended_because"),
        impersonal=("subject_type", "kind", "review_on", "placed_at", "ended_at"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"], condition=Q(ended_at__isnull=True), name="one_hold_in_force"
            )
        ]
        permissions = [("hold_record", "Can keep a record beyond its time, and end that")]

    def __str__(self) -> str:
        return f"Hold on {self.subject_type} {self.subject_id}"

    @property
    def is_restriction(self) -> bool:
        return self.kind == self.Kind.RESTRICTION

    @property
    def why(self) -> str:
        """The reason in words; of a restriction it is the reference of the request alone."""
        return f"{self.get_kind_display()}: {self.reason}" if self.is_restriction else self.reason


class MonthlyCountQuerySet(models.QuerySet["MonthlyCount"]):
    """Ways to read the numbers."""

    def of(self, what: str) -> Self:
        return self.filter(what=what)


class MonthlyCount(models.Model):
    """How many there were in a month that are kept no longer. Small numbers are kept exact, and shown only rounded."""

    month = models.DateField(help_text="Its first day.")
    what = models.CharField(max_length=60)
    kind = models.CharField(max_length=60, blank=True)
    number = models.PositiveIntegerField(default=0)

    objects = MonthlyCountQuerySet.as_manager()
    personal_data = NoPersonalData(because="it is a number for a month, without any trace of who is in it")

    class Meta:
        default_permissions = ()
        ordering = ["month", "what", "kind"]
        constraints = [models.UniqueConstraint(fields=["month", "what", "kind"], name="one_number_a_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.what} {self.kind}: {self.number}"


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """Ways to see what was said."""

    def of(self, period: str) -> Self:
        return self.filter(period=period)

    def said_by(self, moment: datetime) -> Self:
        """Said then or earlier."""
        return self.filter(announced_at__lte=moment)

    def soonest_first(self) -> Self:
        """What goes first before all."""
        return self.order_by("announced_at", "pk")


class Announcement(models.Model):
    """Somebody was told that this row will go; it goes only so many days later, whatever became of the settings meanwhile."""

    period = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    announced_at = models.DateTimeField()

    objects = AnnouncementQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To tell somebody in time that a record will go, so that they can keep it for a reason.",
        kept="until the record goes, or stays after all",
        erased="the row is deleted",
        exported=False,
        fields=("subject_id",),
        impersonal=("period", "announced_at"),
    )

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["period", "subject_id"], name="announced_once")]
        indexes = [models.Index(fields=["announced_at"], name="announced_by_day")]

    def __str__(self) -> str:
        return f"{self.period} {self.subject_id}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Ways to look back."""

    def in_order(self) -> Self:
        return self.order_by("pk")

    def newest_first(self) -> Self:
        return self.order_by("-pk")

    def broken_off_before(self, moment: datetime) -> Self:
        """Begun, and nothing came of them for so long that whatever ran them is gone."""
        return self.filter(ended_at=None, touched_at__lt=moment)

    def about_any(self, periods: Iterable[str]) -> Self:
        """Of runs that came to one of these periods."""
        return self.filter(lines__has_any_keys=list(periods))

    def sealed(self) -> Self:
        return self.exclude(mac="")


class Certificate(models.Model):
    """What one run destroyed, by period: numbers alone, and a keyed number over it and over the certificate before."""

    began_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    is_whole = models.BooleanField(default=False, help_text="It came to its end and nothing went wrong.")
    run_by = models.CharField(max_length=40, blank=True, help_text="The account's number; empty for the worker.")
    # By period: title, how long, cutoff, rows, files, held, waiting, and what went wrong.
    lines = models.JSONField(default=dict)
    # Files without a row and rows without a file, as they were found.
    loose = models.JSONField(default=dict)
    before_mac = models.CharField(max_length=64, blank=True)
    mac = models.CharField(max_length=64, blank=True)

    objects = CertificateQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To show what was destroyed, when, and by whose hand.",
        kept="for good: it is the proof that promises were kept",
        erased="not erased: it holds the number of an account, and no name",
        exported=False,
        fields=("run_by",),
        impersonal=("began_at", "touched_at", "ended_at", "is_whole", "lines", "loose", "before_mac", "mac"),
    )

    class Meta:
        default_permissions = ()
        permissions = [("view_periods", "Can see what is kept how long, what goes soon, and what was destroyed")]

    def __str__(self) -> str:
        return f"Certificate {self.pk}"

    @property
    def rows(self) -> int:
        return sum(line["rows"] for line in self.lines.values())

    @property
    def files(self) -> int:
        return sum(line["files"] for line in self.lines.values())

    @property
    def troubles(self) -> list[str]:
        return [f"{line['title']}: {line['trouble']}" for line in self.lines.values() if line["trouble"]]
