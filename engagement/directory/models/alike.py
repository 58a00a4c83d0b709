"""Two entries that may be the same place listed twice."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.privacy import PersonalData


class LikenessQuerySet(models.QuerySet["Likeness"]):
    """Ways to choose pairs."""

    def undecided(self) -> Self:
        """Nobody has looked yet, and neither was found to be a third place meanwhile."""
        both_stand = {"first__merged_into": None, "second__merged_into": None}
        return self.filter(decision=Likeness.Decision.UNDECIDED, **both_stand)

    def decided(self) -> Self:
        """Those that somebody decided, the latest first."""
        return self.exclude(decision=Likeness.Decision.UNDECIDED).order_by("-decided_at", "-pk")

    def decided_before(self, moment: datetime) -> Self:
        """Those found to be one place before this moment."""
        return self.filter(decision=Likeness.Decision.SAME, decided_at__lt=moment).exclude(put_back={})

    def with_venues(self) -> Self:
        return self.select_related("first", "second", "first__organisation", "second__organisation", "decided_by")

    def likeliest_first(self) -> Self:
        return self.order_by("-score", "pk")


class Likeness(models.Model):
    """A pair of venues that look alike, why, and what a person found: the same, or two places. Nothing merges by itself."""

    class Decision(models.TextChoices):
        UNDECIDED = "undecided", "not looked at"
        SAME = "same", "the same place"
        DIFFERENT = "different", "two places"

    first = models.ForeignKey("directory.Venue", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("directory.Venue", on_delete=models.CASCADE, related_name="+")
    score = models.FloatField(help_text="From 0 to 1.")
    because = models.CharField(max_length=200)
    found_at = models.DateTimeField()
    decision = models.CharField(max_length=9, choices=Decision, default=Decision.UNDECIDED)
    decided_at = models.DateTimeField(null=True, blank=True)
    put_back = models.JSONField(default=dict, blank=True, help_text="What merging moved and changed, to undo it.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = LikenessQuerySet.as_manager()
    wagtail_reference_index_ignore = True
    personal_data = PersonalData(
        purpose="To show who found that two entries are one place, and to take that back.",
        kept="as long as both are in the directory; replaced words and contacts for {directory.merged_contacts}",
        erased="the link to the account is cut when the account is erased; replaced contacts go with their time",
        exported=True,
        fields=("decided_by", "put_back"),
        impersonal=("first", "second", "score", "because", "found_at", "decision", "decided_at"),
    )

    class Meta:
        ordering = ["-score", "pk"]
        verbose_name_plural = "likenesses"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="a_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="a_pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}"
