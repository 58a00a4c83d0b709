"""Figures as they were when they were made: stored once, never edited, and checked each time that they are read."""

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from typing import Any, Self

from django.conf import settings
from django.db import models

from portal.audit.appended import Kept
from portal.clock import say_moment
from portal.insight.periods import Period
from portal.insight.rounding import public_tables
from portal.insight.table import Table
from portal.privacy import PersonalData
from portal.refusals import Refused


class Altered(Refused):
    """What is stored is not what was stored: nothing of it is shown."""

    status = 500

    def __init__(self, snapshot: "Snapshot") -> None:
        super().__init__(
            f"The figures of {snapshot} are not as they were made. Make them again, and tell your technician."
        )


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Ways to choose snapshots."""

    def shown_in(self, reports: models.QuerySet[Any]) -> Self:
        return self.filter(pk__in=reports.values("snapshot"))


class Snapshot(Kept):
    """Every figure of one time, exact, with when it was made, by whom, and by which definitions.

    A report shows these and never counts again, so that a published figure does not change by itself.
    """

    begins_on = models.DateField()
    ends_on = models.DateField()
    # Numbers alone; of a financial year also those of its four quarters, which are what is published of it.
    exact = models.JSONField()
    quarters = models.JSONField(default=list)
    definitions = models.PositiveSmallIntegerField(help_text="By which definitions of the figures it was made.")
    digest = models.CharField(max_length=64, help_text="Of everything above, so that a change is seen.")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = SnapshotQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To show in a report what was counted when, and who of the staff had it counted.",
        kept="for good: it holds numbers and nobody's name",
        erased="the staff account's number goes with the account",
        exported=False,
        fields=("made_by",),
        impersonal=("begins_on", "ends_on", "exact", "quarters", "definitions", "digest", "made_at"),
    )

    class Meta:
        default_permissions = ()
        verbose_name = "count of the figures"
        verbose_name_plural = "counts of the figures"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(begins_on__lte=models.F("ends_on")), name="snapshot_begins_before_it_ends"
            )
        ]

    def __str__(self) -> str:
        return f"{self.period.words}, counted on {say_moment(self.made_at)}"

    @property
    def period(self) -> Period:
        return Period(self.begins_on, self.ends_on)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Every figure, exact. Raises Altered where anything of it was changed since it was made."""
        self._check()
        return tuple(Table.from_json(values) for values in self.exact)

    @cached_property
    def public_tables(self) -> tuple[Table, ...]:
        """What everybody may see of it: the figures of the fixed list, rounded; nothing where its time is never published."""
        self._check()
        quarters = [[Table.from_json(values) for values in some] for some in self.quarters]
        return tuple(public_tables(self.period, self.tables, quarters))

    @property
    def is_as_made(self) -> bool:
        """Whether nothing of it was changed since."""
        return self.digest == self._digest_now()

    def seal(self) -> None:
        """Keep by heart what is about to be stored."""
        self.digest = self._digest_now()

    def _check(self) -> None:
        if not self.is_as_made:
            raise Altered(self)

    def _digest_now(self) -> str:
        parts: Sequence[Any] = (
            self.begins_on.isoformat(),
            self.ends_on.isoformat(),
            round(self.made_at.timestamp() * 1_000_000),
            self.definitions,
            self.exact,
            self.quarters,
        )
        return hashlib.sha256(json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
