"""What a reader may ask of us about themselves: all that we hold, and that it is deleted."""

from django.db import transaction

from newsletter.models import Subscriber
from portal.accounts.models import User
from portal.audit.record import record


@transaction.atomic
def erase_reader(*, subscriber: Subscriber, by: User) -> None:
    """Delete a reader with all consents. Their copies stay as numbers of their sendings, without a way back to them.

    Whether mail to the address is stopped stays too, as a keyed hash: that is what keeps the promise never to write again.
    """
    reader = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    counts = {"consents": reader.consents.count(), "copies": reader.deliveries.count()}
    record(action="newsletter.erase", by=by, subject=reader, **counts)
    reader.delete()


@transaction.atomic
def hand_out(*, subscriber: Subscriber, by: User) -> Subscriber:
    """All that is held about one reader leaves the portal, for them; that it did is written down."""
    record(action="newsletter.hand_out", by=by, subject=subscriber)
    return subscriber
