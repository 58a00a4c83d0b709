"""Stops mail to an address, for every mail of the portal, and takes that back."""

import hmac
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.utils import timezone

from portal.audit.record import record
from portal.emails.models import SoftBounce, Suppression
from portal.emails.spelling import one_spelling
from portal.privacy.spans import cutoff
from portal.refusals import Refused

# What outranks what where an address is stopped twice: the last is never overwritten.
_MILDEST_FIRST = (Suppression.Reason.BOUNCED, Suppression.Reason.ASKED, Suppression.Reason.COMPLAINED)
SOFT_BOUNCES_IN_A_ROW = 2


class Because(models.TextChoices):
    """Why somebody is written to again; these words alone are kept, so that no address gets into the history."""

    MISTAKE = "mistake", "It was a mistake of ours: a wrong address was written down"
    ASKED_BACK = "asked_back", "They asked us to write to them again"
    WORKS_AGAIN = "works_again", "Their mailbox works again"


def address_hash(address: str) -> str:
    """The keyed hash of an address; case, surrounding space and the spelling of its domain do not matter."""
    return hmac.digest(settings.INDEX_KEY.encode(), one_spelling(address).encode(), "sha256").hex()


def is_suppressed(address: str) -> bool:
    """Whether the portal must not write to this address."""
    return Suppression.objects.of_hash(address_hash(address)).exists()


@transaction.atomic
def suppress(*, address: str, reason: Suppression.Reason, by: AbstractBaseUser | None = None) -> Suppression:
    """Never write to this address again. Twice changes nothing, but a graver reason takes the place of a milder one."""
    kept, is_new = Suppression.objects.get_or_create(
        address_hash=address_hash(address), defaults={"reason": reason, "suppressed_at": timezone.now()}
    )
    milder = _MILDEST_FIRST[: _MILDEST_FIRST.index(reason)]
    if is_new or Suppression.objects.filter(pk=kept.pk, reason__in=milder).update(reason=reason):
        kept.reason = reason
        record(action="emails.suppress", by=by, subject=kept, reason=str(reason))
    return kept


@transaction.atomic
def lift(*, address: str, because: Because, by: AbstractBaseUser) -> None:
    """Write to this address again. Who complained or asked us to stop is written to only when they themselves say so."""
    kept = Suppression.objects.select_for_update().of_hash(address_hash(address)).first()
    if kept is None:
        raise Refused("Mail to this address is not stopped. Look whether it is typed as they wrote it.")
    if because == Because.WORKS_AGAIN and kept.reason != Suppression.Reason.BOUNCED:
        raise Refused("They asked us to stop, or said that our mail is spam. Only they can take that back.")
    SoftBounce.objects.of_hash(kept.address_hash).delete()
    record(action="emails.lift", by=by, subject=kept, because=str(because), was=kept.reason)
    kept.delete()


@transaction.atomic
def note_soft_bounce(*, address: str, mail: str, at: datetime, by: AbstractBaseUser | None = None) -> None:
    """One mail came back for now. The second in a row, with none that arrived between, stops the address."""
    forget_old_soft_bounces(now=timezone.now(), by=by)
    hashed = address_hash(address)
    _, is_new = SoftBounce.objects.get_or_create(address_hash=hashed, mail=mail, defaults={"came_back_at": at})
    if is_new and SoftBounce.objects.of_hash(hashed).count() >= SOFT_BOUNCES_IN_A_ROW:
        suppress(address=address, reason=Suppression.Reason.BOUNCED, by=by)


@transaction.atomic
def forget_old_soft_bounces(*, now: datetime, by: AbstractBaseUser | None = None) -> int:
    """What came back too long ago is deleted before anything is counted, as every night; gives back how many."""
    over = cutoff("KEEP_SOFT_BOUNCES_DAYS", settings.KEEP_SOFT_BOUNCES_DAYS, now)
    forgotten, _ = SoftBounce.objects.until(over).delete()
    if forgotten:
        record(action="emails.forget_soft_bounces", by=by, mails=forgotten)
    return forgotten


@transaction.atomic
def forget_soft_bounces(*, address: str, until: datetime) -> None:
    """A mail arrived there: what came back before does not count any more."""
    SoftBounce.objects.of_hash(address_hash(address)).until(until).delete()
