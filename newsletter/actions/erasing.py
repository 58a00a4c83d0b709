"""What a reader may ask of us about themselves: all that we hold, and that it is deleted."""

from django.db import transaction
from django.utils import timezone

from newsletter.addresses import mark_of
from newsletter.models import GoneMark, Subscriber
from portal.accounts.models import User
from portal.audit.record import record
from portal.privacy.holds import need_not_held


@transaction.atomic
def erase_reader(*, subscriber: Subscriber, by: User) -> None:
    """Delete a reader with all consents. Their copies stay as numbers of their sendings, without a way back to them.

    Whether mail to the address is stopped stays too, as a keyed hash: that is what keeps the promise never to write again.
    So does a mark of each of their addresses, by which an import of an older list knows that they are gone.
    """
    reader = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    need_not_held(reader)
    counts = {"consents": reader.consents.count(), "copies": reader.deliveries.count()}
    record(action="newsletter.erase", by=by, subject=reader, **counts)
    now = timezone.now()
    for mark in _marks_of(reader):
        GoneMark.objects.update_or_create(mark=mark, defaults={"gone_at": now})
    reader.delete()


def _marks_of(reader: Subscriber) -> set[str]:
    marks = {reader.left_mark}
    if reader.email:
        marks.add(mark_of(email=reader.email, name="", postal_address=""))
    if reader.name and reader.postal_address:
        marks.add(mark_of(email="", name=reader.name, postal_address=reader.postal_address))
    return marks - {""}


@transaction.atomic
def hand_out(*, subscriber: Subscriber, by: User) -> Subscriber:
    """All that is held about one reader leaves the portal, for them; that it did is written down."""
    record(action="newsletter.hand_out", by=by, subject=subscriber)
    return subscriber
