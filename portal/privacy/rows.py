"""The rows of a period: which are over, which of them are held, and how the others go, some at a time."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.privacy.counting import Counted, keep_counts
from portal.privacy.holds import held_ids

# As many as go in one transaction; whoever writes meanwhile waits no longer than for these.
AT_ONCE = 200


@dataclass(frozen=True)
class Destroyed:
    """What went: rows deleted or blanked, and files."""

    rows: int = 0
    files: int = 0


def deleted(rows: list[Any], now: datetime) -> Destroyed:
    """Delete these, with all that hangs on them."""
    model = type(rows[0])
    model._base_manager.filter(pk__in=[row.pk for row in rows]).delete()
    return Destroyed(rows=len(rows))


@dataclass(frozen=True, kw_only=True)
class Rows:
    """`find` gives what began before a moment; `away` deletes or blanks some of them, so that `find` finds them no more.

    The row itself may be held; `held` names beside it, for each column that leads to something else that may be, the model
    there ("app.Model"). `counted` says month, what and kind of a row, to be counted before it goes. `refer` is what staff
    call it, never anybody's name, and `by_reference` finds it again by that.
    """

    find: Callable[[datetime], models.QuerySet[Any]]
    away: Callable[[list[Any], datetime], Destroyed] = deleted
    held: Mapping[str, str] = field(default_factory=dict)
    counted: Callable[[Any], Counted] | None = None
    refer: Callable[[Any], str] = str
    by_reference: Callable[[str], Any] | None = None

    @property
    def model(self) -> type[models.Model]:
        return self.find(timezone.now()).model

    def named(self, number: str) -> Any:
        """The row with this number, whether it is over or not; None where there is none."""
        try:
            return self.model._base_manager.filter(pk=number).first()
        except (ValueError, ValidationError):
            return None

    def over(self, cutoff: datetime) -> models.QuerySet[Any]:
        """What may go."""
        found = self.find(cutoff)
        return found.exclude(self._are_held(found.model))

    def due(self, cutoff: datetime) -> int:
        return self.over(cutoff).count()

    def kept_back(self, cutoff: datetime) -> int:
        """How many would go if nobody held them."""
        found = self.find(cutoff)
        return found.filter(self._are_held(found.model)).count()

    def destroy(self, cutoff: datetime, now: datetime, among: Callable[[Any], Any] = lambda rows: rows) -> Destroyed:
        """Destroy some, inside the caller's transaction; `among` chooses which of them may go today."""
        rows = among(self.over(cutoff))
        # Whoever places a hold locks the row first, so that one of us comes second.
        numbers = list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
        model = rows.model
        locked = list(model._base_manager.select_for_update(of=("self",)).filter(pk__in=numbers).order_by("pk"))
        held = {
            str(pk)
            for pk in model._base_manager.filter(self._are_held(model), pk__in=numbers).values_list("pk", flat=True)
        }
        going = [row for row in locked if str(row.pk) not in held]
        if not going:
            return Destroyed()
        if self.counted is not None:
            keep_counts(Counter(self.counted(row) for row in going))
        return self.away(going, now)

    def _are_held(self, model: type[models.Model]) -> Q:
        columns = {"pk": model._meta.label, **self.held}
        held = Q(pk__in=[])
        for column, label in columns.items():
            held |= Q(**{f"{column}__in": held_ids(apps.get_model(label))})
        return held
