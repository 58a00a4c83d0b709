"""Writes one audit event, inside the transaction of the thing it tells of."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils import timezone

from portal.audit.models import AuditEvent
from portal.power_cuts import keep_through_a_power_cut

Detail = str | int | float | bool | None | list[str] | list[int]


def record(
    *, action: str, by: AbstractBaseUser | None, subject: models.Model | None = None, **detail: Detail
) -> AuditEvent:
    """Append what was done; `detail` holds ids and our own words, never personal data.

    What goes into the history outlives a power cut, with all that its transaction wrote.
    """
    keep_through_a_power_cut()
    return AuditEvent.objects.create(
        action=action,
        done_at=timezone.now(),
        done_by=str(by.pk) if by is not None else "",
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        detail=detail,
    )
