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


def navigators() -> models.QuerySet[User]:
    """Everybody who can hold a referral today: an account in use, in a role that works with them."""
    app, name = WORK.split(".")
    return User.objects.filter(
        is_active=True, groups__permissions__content_type__app_label=app, groups__permissions__codename=name
    ).distinct()


def standing(referral: "Referral", user: User) -> frozenset[Who]:
    """What this person is to this referral; nothing at all without a role of this room."""
    held = set()
    if user.has_perm(WORK):
        held.add(Who.NAVIGATOR)
        if referral.owner_id == user.pk:
            held.add(Who.HOLDER)
    if user.has_perm(ALLOCATE):
        held.add(Who.LEAD)
    return frozenset(held)
