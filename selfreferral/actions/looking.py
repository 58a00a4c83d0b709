"""Looking at somebody's words is an act too: it is written down in the same transaction, or it does not happen."""

from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.audit.record import record
from selfreferral.actions.changes import set_read
from selfreferral.models import Referral
from selfreferral.people import SEE
from selfreferral.reading import OpenReferral, read
from selfreferral.refusals import NotYours


@transaction.atomic
def look(*, referral: Referral, by: User, now: datetime) -> OpenReferral:
    """Everything about one referral, opened for one worker; who looked is written first."""
    if not by.has_perm(SEE):
        raise NotYours("This is not yours to see.")
    record(action="selfreferral.look", by=by, subject=referral)
    opened = read(referral, by=by, now=now)
    if referral.wrote_at and referral.owner_id in {None, by.pk}:
        set_read(referral=referral)
    return opened
