"""What the night does to the list of readers: it ends pauses. What is kept no longer goes by `newsletter/kept.py`."""

from datetime import date

from django.db import transaction

from newsletter.models import Subscriber
from portal.audit.record import record


@transaction.atomic
def wake_paused(*, today: date) -> int:
    """Send again to those whose pause ends today, or ended while nothing ran; gives back how many."""
    woken = Subscriber.objects.back_on(today).update(wants_issues=True, paused_until=None)
    if woken:
        record(action="newsletter.wake_paused", by=None, readers=woken)
    return woken
