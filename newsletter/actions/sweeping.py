"""What the night does to the list of readers: ends pauses, forgets those who left and askings that nobody confirmed."""

from datetime import date, datetime, timedelta

from django.db import transaction

from newsletter.addresses import mark_of
from newsletter.models import Consent, Subscriber
from portal.audit.record import record

# As long as GOV.UK keeps the address of somebody who unsubscribed.
KEPT_AFTER_LEAVING = timedelta(days=28)
KEPT_UNCONFIRMED = timedelta(days=28)
# Who wants it posted waits for us, and not we for them: from day 14 the staff home calls it urgent (readers/week.py).
KEPT_WAITING_FOR_STAFF = timedelta(days=90)
AT_ONCE = 500


@transaction.atomic
def wake_paused(*, today: date) -> int:
    """Send again to those whose pause ends today, or ended while nothing ran; gives back how many."""
    woken = Subscriber.objects.back_on(today).update(wants_issues=True, paused_until=None)
    if woken:
        record(action="newsletter.wake_paused", by=None, readers=woken)
    return woken


@transaction.atomic
def forget_left(*, now: datetime) -> int:
    """Delete name and addresses of those who left four weeks ago.

    The row stays, so that an old link still answers, with a mark by which an import knows that they left.
    """
    forgotten = 0
    while leaving := list(Subscriber.objects.left_before(now - KEPT_AFTER_LEAVING)[:AT_ONCE]):
        for reader in leaving:
            reader.left_mark = mark_of(email=reader.email, name=reader.name, postal_address=reader.postal_address)
            reader.email = reader.name = reader.postal_address = ""
        forgotten += Subscriber.objects.bulk_update(leaving, ["email", "name", "postal_address", "left_mark"])
    if forgotten:
        record(action="newsletter.forget_left", by=None, readers=forgotten)
    return forgotten


@transaction.atomic
def forget_unconfirmed(*, now: datetime) -> int:
    """Delete askings that nobody confirmed in four weeks, and with them whoever is on the list for nothing else.

    Requests to have it posted are for staff to answer; they are deleted only after three months.
    """
    before = now - KEPT_UNCONFIRMED
    Consent.objects.unconfirmed_before(before).by_mail().delete()
    Consent.objects.unconfirmed_before(now - KEPT_WAITING_FOR_STAFF).delete()
    _, deleted = Subscriber.objects.never_confirmed_before(before).delete()
    forgotten = deleted.get("newsletter.Subscriber", 0)
    if forgotten:
        record(action="newsletter.forget_unconfirmed", by=None, askings=forgotten)
    return forgotten
