"""Who works with referrals, and what somebody is to one of them."""

from typing import TYPE_CHECKING

from django.db import models

from portal.accounts.models import User
from portal.accounts.permissions import holders
from selfreferral.workflow import Who

if TYPE_CHECKING:
    from selfreferral.models import Referral

SEE = "selfreferral.view_queue"
WORK = "selfreferral.work_referral"
ALLOCATE = "selfreferral.allocate_referral"
SHARED = "selfreferral.view_shared"
ERASE = "selfreferral.approve_erasure"


def navigators() -> models.QuerySet[User]:
    """Everybody who can hold a referral today: an account in use, in a role that works with them."""
    return holders(WORK)


def leads() -> models.QuerySet[User]:
    """Everybody who leads this room: an account in use, in a role that gives people to navigators."""
    return holders(ALLOCATE)


def partners() -> models.QuerySet[User]:
    """Everybody to whom something can be shown: an account in use, in a role that reads what was shared."""
    return holders(SHARED)


def knows_them(referral: "Referral", user: User) -> bool:
    """Whether this worker said that they know the person, and the lead has not lifted it."""
    return referral.acquaintances.of(user).exists()


def standing(referral: "Referral", user: User) -> frozenset[Who]:
    """What this person is to this referral; nothing without a role of this room, or where they know the person."""
    held: set[Who] = set()
    if knows_them(referral, user):
        return frozenset(held)
    if user.has_perm(WORK):
        held.add(Who.NAVIGATOR)
        if referral.owner_id == user.pk:
            held.add(Who.HOLDER)
    if user.has_perm(ALLOCATE):
        held.add(Who.LEAD)
    return frozenset(held)
