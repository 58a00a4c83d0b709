"""By when we ring somebody who asked for it, and which of those who asked wait too long."""

from datetime import date, datetime

from django.utils import timezone

from selfreferral.models import CallBack
from selfreferral.promises import first_contact_due


def ring_by(call: CallBack) -> date:
    """The day that they are told: as soon as anybody who asks for help hears from us."""
    return timezone.localdate(first_contact_due(call.asked_at, is_urgent=False))


def is_late(call: CallBack, *, now: datetime) -> bool:
    """Whether that day is over."""
    return timezone.localdate(now) > ring_by(call)
