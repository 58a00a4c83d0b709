"""Seeing somebody whom a colleague holds: it takes a reason, which is kept, and holds for an hour."""

from datetime import datetime

from portal.accounts.models import User
from selfreferral.actions.looking import write_look
from selfreferral.models import Referral, Reveal
from selfreferral.refusals import Hidden
from selfreferral.seeing.eyes import sight
from selfreferral.seeing.sight import Purpose, Sight


def reveal(*, referral: Referral, why: Reveal.Why, by: User, now: datetime) -> Reveal:
    """Let this worker read it for an hour. The reason is written for good first; the row that opens the page follows."""
    seen = sight(referral, by=by, now=now)
    if seen is not Sight.MASKED:
        raise Hidden(seen)
    write_look(purpose=Purpose.REVEAL, by=by, referral=referral, why=why.value)
    return Reveal.objects.create(referral=referral, why=why, revealed_at=now, revealed_by=by)
