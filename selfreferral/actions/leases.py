"""Reading is lent: whoever picks somebody up to read has half an hour, and more as long as they are at it."""

from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.audit.record import record
from selfreferral.actions.changes import decide, put_back
from selfreferral.models import Referral
from selfreferral.models.history import LAPSED
from selfreferral.promises import lease_from
from selfreferral.refusals import ChangedMeanwhile, NotYours
from selfreferral.workflow import How, State, after


@transaction.atomic
def renew_lease(*, referral: Referral, by: User, now: datetime) -> Referral:
    """Keep a referral that one is reading for another half an hour; also one whose time ran out and nobody took."""
    if not _renewed(referral, by, now):
        raise NotYours("You are not reading this any more. Pick it up again.")
    record(action="selfreferral.renew_lease", by=by, subject=referral)
    return referral


def keep_reading(*, referral: Referral, by: User, now: datetime) -> None:
    """Whoever does something with what they read is still reading; for anybody else nothing happens."""
    _renewed(referral, by, now)


def lapse_all(*, now: datetime) -> int:
    """Put back what nobody went on reading, and say how many that were."""
    return sum(_lapse(referral, now) for referral in Referral.objects.lapsed(now=now).oldest_first())


@transaction.atomic
def _lapse(referral: Referral, now: datetime) -> bool:
    """Back to new for anybody, unless it was renewed, picked up or moved on at this very moment."""
    try:
        put_back(
            referral=referral,
            seen_version=referral.version,
            reason=LAPSED,
            by=None,
            now=now,
            among=Referral.objects.lapsed(now=now),
        )
    except ChangedMeanwhile:
        return False
    record(action="selfreferral.lapse", by=None, subject=referral)
    return True


def write_lapse(*, referral: Referral, at: datetime) -> None:
    """In the history of the referral and in that of the house: the time ran out; nobody did it."""
    end = after(State.SCREENING, How.RELEASE)
    decide(referral=referral, start=State.SCREENING, end=end, reason=LAPSED, by=None, now=at)
    record(action="selfreferral.lapse", by=None, subject=referral)


def _renewed(referral: Referral, by: User, now: datetime) -> bool:
    """One conditional statement; the version stays, so that no page that is open grows stale of it."""
    until = lease_from(now)
    mine = Referral.objects.lent().filter(pk=referral.pk, owner=by)
    if not mine.update(lease_until=until):
        return False
    referral.lease_until = until
    return True
