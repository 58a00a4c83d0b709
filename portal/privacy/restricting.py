"""Restriction: somebody asked that a record is kept and not used while something about it is looked into.

It is a hold of a kind of its own, so that nothing destroys the record meanwhile; each room says what "not used" means.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Cast
from django.utils import timezone

from portal.privacy.holds import LegalHold, end_hold, place_hold

LOOKED_AT_AGAIN_AFTER = timedelta(days=30)


def is_restricted(row: models.Model) -> bool:
    """Whether this row is kept and not used."""
    return _on(row).exists()


def restricted(model: type[models.Model]) -> Exists:
    """Whether a row of this kind is kept and not used, as a condition for reading many."""
    held = LegalHold.objects.in_force().on_any(model).restrictions()
    return Exists(held.filter(subject_id=Cast(OuterRef("pk"), models.CharField())))


@transaction.atomic
def restrict(*, row: models.Model, request: str, by: Any, now: datetime) -> LegalHold:
    """Keep this row and do not use it; `request` is the reference of who asked. HoldRefused where it is held already."""
    review_on = timezone.localdate(now) + LOOKED_AT_AGAIN_AFTER
    kind = LegalHold.Kind.RESTRICTION
    return place_hold(subject=row, kind=kind, reason=request, review_on=review_on, by=by, now=now)


@transaction.atomic
def lift_restriction(*, row: models.Model, because: str, by: Any, now: datetime) -> bool:
    """Use it again; False where it was not restricted."""
    hold = _on(row).first()
    if hold is None:
        return False
    end_hold(hold=hold, because=because, by=by, now=now)
    return True


def _on(row: models.Model) -> models.QuerySet[LegalHold]:
    return LegalHold.objects.in_force().on(row).restrictions()
