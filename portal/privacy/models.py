"""What keeps a row beyond its time: a hold, with its reason and a day on which somebody looks whether it is still needed."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.privacy.declarations import PersonalData

LONGEST_REASON = 500


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    """Ways to look for holds."""

    def in_force(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def on_any(self, model: type[models.Model]) -> Self:
        """Holds on rows of one kind."""
        return self.filter(subject_type=model._meta.label_lower)

    def on(self, subject: models.Model) -> Self:
        return self.on_any(type(subject)).filter(subject_id=str(subject.pk))

    def to_look_at_first(self) -> Self:
        """By the day on which somebody is to look whether it is still needed."""
        return self.select_related("placed_by", "ended_by").order_by("review_on", "pk")


class LegalHold(models.Model):
    """Somebody decided that a row stays although its time is over; no foreign key, so that any kind of row can be held."""

    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=40)
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
        kept="until somebody ends the hold, and six years after",
        erased="with its time; while it stands, it stays",
        exported=True,
        fields=("subject_id", "reason", "placed_by", "ended_by", "ended_because"),
        impersonal=("subject_type", "review_on", "placed_at", "ended_at"),
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
