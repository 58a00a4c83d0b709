"""What one worker sees of one referral just now: reads what the rule in sight.py asks for."""

from datetime import datetime

from portal.accounts.models import User
from portal.privacy.restricting import is_restricted
from selfreferral.models import Referral
from selfreferral.people import ALLOCATE, SEE, knows_them, navigators
from selfreferral.refusals import Hidden
from selfreferral.seeing.sight import REVEAL_LASTS, Sight, Whose, sight_of
from selfreferral.workflow import HELD


def sight(referral: Referral, *, by: User, now: datetime) -> Sight:
    """What this worker sees of this referral now; somebody without a role of this room sees nothing."""
    if not by.has_perm(SEE) or knows_them(referral, by):
        return Sight.BLOCKED
    is_lead, whose = by.has_perm(ALLOCATE), whose_is(referral, by)
    needs_why = whose is Whose.ANOTHERS and not is_lead
    said_why = needs_why and referral.reveals.holding(user=by, since=now - REVEAL_LASTS).exists()
    is_shut = not is_lead and is_restricted(referral)
    return sight_of(knows_them=False, is_lead=is_lead, whose=whose, said_why=said_why, is_restricted=is_shut)


def need_open(referral: Referral, *, by: User, now: datetime) -> None:
    """Raise Hidden for whoever may only read it, or not even that: what another holds, they do not change."""
    seen = sight(referral, by=by, now=now)
    if seen is not Sight.OPEN:
        raise Hidden(seen)


def need_read(referral: Referral, *, by: User, now: datetime) -> None:
    """Raise Hidden for whoever may not read it: what makes somebody safer, or lets them back in, waits for nobody."""
    seen = sight(referral, by=by, now=now)
    if not seen.shows_words:
        raise Hidden(seen)


def whose_is(referral: Referral, user: User) -> Whose:
    """Whose it is. One that waits, held by somebody who no longer works here, is nobody's; one that is finished stays theirs."""
    if referral.owner_id is None:
        return Whose.NOBODYS
    if referral.owner_id == user.pk:
        return Whose.OWN
    if referral.where in HELD and not navigators().filter(pk=referral.owner_id).exists():
        return Whose.NOBODYS
    return Whose.ANOTHERS
