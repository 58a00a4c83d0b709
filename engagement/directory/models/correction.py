"""What residents tell us is wrong with an entry."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from engagement.directory.models.keeping import Keeper
from portal.privacy import PersonalData


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Ways to choose corrections."""

    def open(self) -> Self:
        return self.filter(settled_at__isnull=True)

    def about(self, entry: models.Model) -> Self:
        """Those about one venue or one activity."""
        return self.filter(**{entry._meta.model_name or "": entry})

    def for_venue(self, venue: models.Model, activities: Iterable[models.Model]) -> Self:
        """Those about a venue, or about what takes place there."""
        return self.filter(Q(venue=venue) | Q(activity__in=list(activities)))

    def settled_last(self, count: int) -> Self:
        return self.filter(settled_at__isnull=False).order_by("-settled_at", "-pk")[:count]

    def settled_before(self, moment: datetime) -> Self:
        return self.filter(settled_at__lt=moment)

    def with_entry(self) -> Self:
        return self.select_related("venue", "activity", "settled_by", "settled_by_keeper")

    def oldest_first(self) -> Self:
        return self.order_by("sent_at", "pk")


class Correction(models.Model):
    """Somebody told us that an entry is wrong; for the venue and the coordinator, until one of them has seen to it."""

    venue = models.ForeignKey(
        "directory.Venue", null=True, blank=True, on_delete=models.CASCADE, related_name="corrections"
    )
    activity = models.ForeignKey(
        "directory.Activity", null=True, blank=True, on_delete=models.CASCADE, related_name="corrections"
    )
    words = models.TextField()
    sent_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    settled_by_keeper = models.ForeignKey(Keeper, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.CharField(max_length=300, blank=True)

    objects = CorrectionQuerySet.as_manager()
    wagtail_reference_index_ignore = True
    personal_data = PersonalData(
        purpose="To put an entry right; people are asked not to write about themselves.",
        kept="until somebody has seen to it, and {directory.corrections} after",
        erased="the row is deleted",
        exported=False,
        fields=("words", "settled_by", "settled_by_keeper"),
        impersonal=("venue", "activity", "sent_at", "settled_at", "outcome"),
    )

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(venue__isnull=False, activity__isnull=True) | Q(venue__isnull=True, activity__isnull=False),
                name="correction_about_one_entry",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.words[:40]}"

    @property
    def entry(self) -> Any:
        """The venue or the activity that it is about."""
        return self.venue or self.activity

    def clean(self) -> None:
        if not self.words.strip():
            raise ValidationError({"words": "Tell us what is wrong."})
