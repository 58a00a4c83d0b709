"""Whether somebody looked lately at an entry of the directory, and when it is too old to be believed."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Self, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

REMIND_AFTER = timedelta(days=28)
STALE_AFTER = timedelta(days=60)
OFF_THE_LIST_AFTER = timedelta(days=90)
Entry = TypeVar("Entry", bound=models.Model)
CHECK_FIELDS = ("added_at", "updated_at", "checked_at", "is_checked_by_venue", "reminded_at")


def unlooked_for(time: timedelta, now: datetime, entry: str = "") -> Q:
    """That nobody has checked, or added, an entry for so long, in words that an index can answer; `entry` leads to it."""
    before = now - time
    never = Q((f"{entry}checked_at__isnull", True), (f"{entry}added_at__lt", before))
    return Q((f"{entry}checked_at__lt", before)) | never


class CheckedQuerySet(models.QuerySet[Entry]):
    """Ways to choose entries by when somebody last looked."""

    def vouched_for(self, now: datetime) -> Self:
        """Checked, or added, in the last 90 days: what the lists show without being asked for more."""
        return self.exclude(unlooked_for(OFF_THE_LIST_AFTER, now))

    def off_the_list(self, now: datetime) -> Self:
        """The others: nobody has checked them for 90 days."""
        return self.filter(unlooked_for(OFF_THE_LIST_AFTER, now))

    def with_any(self, choices: Iterable[Mapping[str, Any]]) -> Self:
        """Entries of which any of some columns says what is wanted; none where nothing is wanted."""
        found = Q(pk__in=[])
        for choice in choices:
            found |= Q(**choice)
        return self.filter(found)

    def called(self, number: UUID) -> Self:
        """The one with this number."""
        return self.filter(public_id=number)

    def whole(self, numbers: Iterable[int]) -> Self:
        """These, in the order of their numbers."""
        return self.filter(pk__in=list(numbers)).order_by("pk")

    def unchecked_for(self, time: timedelta, now: datetime, *, less_than: timedelta | None = None) -> Self:
        """Nobody has looked for so long, but for less than so long where that is given; each with its `sure_at`."""
        found = self.annotate(sure_at=Coalesce("checked_at", "added_at")).filter(sure_at__lt=now - time)
        return found if less_than is None else found.filter(sure_at__gte=now - less_than)


class Checked(models.Model):
    """An entry that somebody has to look at every four weeks, at the venue or in the team."""

    added_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_checked_by_venue = models.BooleanField(default=False)
    reminded_at = models.DateTimeField(null=True, blank=True)
    last_made_at: datetime | None
    last_undone_at: datetime | None

    class Meta:
        abstract = True

    @property
    def sure_since(self) -> datetime:
        """When somebody last knew that it was right: when it was checked or, before that, added."""
        return self.checked_at or self.added_at

    def is_stale(self, now: datetime) -> bool:
        """Whether nobody has looked for 60 days, which its page and its line in a list then say."""
        return self.sure_since < now - STALE_AFTER

    def is_off_the_list(self, now: datetime) -> bool:
        """Whether nobody has looked for 90 days, so that lists leave it out."""
        return self.sure_since < now - OFF_THE_LIST_AFTER
