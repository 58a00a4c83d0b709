"""Who works with referrals, and what somebody is to one of them."""

from typing import TYPE_CHECKING

from django.db import models

from portal.accounts.models import User
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
    return _in_use(WORK)


def leads() -> models.QuerySet[User]:
    """Everybody who leads this room: an account in use, in a role that gives people to navigators."""
    return _in_use(ALLOCATE)


def partners() -> models.QuerySet[User]:
    """Everybody to whom something can be shown: an account in use, in a role that reads what was shared."""
    return _in_use(SHARED)


def _in_use(permission: str) -> models.QuerySet[User]:
    app, name = permission.split(".")
    return User.objects.filter(
        is_active=True, groups__permissions__content_type__app_label=app, groups__permissions__codename=name
    ).distinct()


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
