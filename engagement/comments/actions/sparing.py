"""Spares letter boxes: how often one address is asked whether it is somebody's own, whoever asks and about whatever."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from engagement.comments.models import AskedAddress
from portal.emails.suppression import address_hash

# So that nobody can have somebody else's letter box filled.
MOST_MAILS = 5


@transaction.atomic
def may_ask(*, address: str, now: datetime) -> bool:
    """Count one more mail to this address today; False where it has had five, and no more may go.

    Mails about comments and about places count together.
    """
    row, _ = AskedAddress.objects.get_or_create(address_hash=address_hash(address), asked_on=timezone.localdate(now))
    return bool(AskedAddress.objects.filter(pk=row.pk, mails__lt=MOST_MAILS).update(mails=F("mails") + 1))
