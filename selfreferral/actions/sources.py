"""Writes down which kind of service asked for somebody, so that the figures can say it."""

from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.audit.record import record
from selfreferral.actions.changes import change, need_fresh
from selfreferral.actions.record import may_write
from selfreferral.models import Referral, ReferralSource
from selfreferral.refusals import SomethingMissing


@transaction.atomic
def name_service(
    *, referral: Referral, service: ReferralSource | None, seen_version: int, by: User, now: datetime
) -> Referral:
    """From now on it counts for this kind of service, or for none that is written down.

    Raises ChangedMeanwhile, Hidden, NotYours, or SomethingMissing where it did not come from a service.
    """
    need_fresh(referral=referral, seen_version=seen_version)
    may_write(referral=referral, by=by, now=now)
    if referral.source != Referral.Source.WORKER:
        raise SomethingMissing("No service asked for this person, so there is none to write down.")
    change(referral=referral, seen_version=seen_version, by=by, now=now, came_from=service)
    record(action="selfreferral.name_service", by=by, subject=referral, service=service.pk if service else None)
    return referral
