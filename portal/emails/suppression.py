"""Stops mail to an address, for every mail of the portal."""

import hashlib
import hmac

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from portal.audit.record import record
from portal.emails.models import Suppression


def address_hash(address: str) -> str:
    """The keyed hash of an address; case and surrounding space do not matter."""
    return hmac.new(settings.INDEX_KEY.encode(), address.strip().lower().encode(), hashlib.sha256).hexdigest()


def is_suppressed(address: str) -> bool:
    """Whether the portal must not write to this address."""
    return Suppression.objects.filter(address_hash=address_hash(address)).exists()


@transaction.atomic
def suppress(*, address: str, reason: Suppression.Reason, by: AbstractBaseUser | None = None) -> Suppression:
    """Never write to this address again; doing it twice changes nothing."""
    kept, is_new = Suppression.objects.get_or_create(
        address_hash=address_hash(address), defaults={"reason": reason, "suppressed_at": timezone.now()}
    )
    if is_new:
        record(action="emails.suppress", by=by, subject=kept, reason=str(reason))
    return kept
