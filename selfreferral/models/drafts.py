"""A referral that is not sent yet; only the person's own browser can open it."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models

from portal.privacy import PersonalData
from selfreferral import vault
from selfreferral.models.sealing import Row, place
from selfreferral.questions.flow import Progress

LONGEST_LIFE = timedelta(days=7)
# Somebody may lay the phone down, or somebody else may pick it up.
LONGEST_REST = timedelta(hours=1)


class DraftReferralQuerySet(models.QuerySet["DraftReferral"]):
    """Ways to find a draft; none of them opens it."""

    def of(self, key: str, *, now: datetime) -> Self:
        """The draft of this cookie, unless it rested for too long; one with words to come back with may rest."""
        is_awake = models.Q(saved_at__gt=now - LONGEST_REST) | models.Q(door__isnull=False)
        return self.filter(is_awake, finder=vault.draft_finder(key), begun_at__gt=now - LONGEST_LIFE)

    def under(self, key: str) -> Self:
        """The draft of this cookie, however old."""
        return self.filter(finder=vault.draft_finder(key))

    def dead(self, *, now: datetime) -> Self:
        """Those that nobody can open any more, or that are too old to keep."""
        is_asleep = models.Q(saved_at__lte=now - LONGEST_REST, door__isnull=True)
        return self.filter(models.Q(begun_at__lte=now - LONGEST_LIFE) | is_asleep)

    def without_a_way_back(self) -> Self:
        return self.filter(door__isnull=True)


class DraftReferral(Row):
    """Answers on their way. The key is the random value in the person's cookie, and it is stored nowhere."""

    finder = models.CharField(max_length=64, unique=True, help_text="A hash of the key, to find the draft by.")
    sealed_progress = models.BinaryField()
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    objects = DraftReferralQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To keep what somebody has answered so far while they ask us for help.",
        kept="until it is sent or left, or nothing is added for {selfreferral.drafts}; "
        "{selfreferral.drafts_with_words} where they took words to come back with",
        erased="deleted at once when the person leaves",
        exported=False,
        fields=("finder", "sealed_progress"),
        impersonal=("begun_at", "saved_at"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "draft of a request for help"
        verbose_name_plural = "drafts of requests for help"

    def __str__(self) -> str:
        return "A draft"

    def seal(self, progress: Progress, *, key: str) -> None:
        self.sealed_progress = self._box(key).seal(progress.to_store(), place=place(self, "progress"))

    def open(self, *, key: str) -> Progress:
        return Progress.from_stored(self._box(key).open(self.sealed_progress, place=place(self, "progress")))

    def _box(self, key: str) -> vault.Strongbox:
        return vault.draft_strongbox(key, salt=self.pk.bytes)
