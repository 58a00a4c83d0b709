"""On the staff home of an administrator: how many changes of roles wait until they agree."""

from django.db.models import Q
from django.urls import reverse

from portal.accounts.models import RoleChange, User
from portal.accounts.permissions import MANAGE
from portal.pages.week import WeekLine


def roles_to_agree(user: User) -> WeekLine | None:
    """Asked for by somebody else and for somebody else; nothing while none waits for this one."""
    if not user.has_perm(MANAGE):
        return None
    count = RoleChange.objects.waiting().exclude(Q(person=user) | Q(asked_by=user, asked_by__isnull=False)).count()
    return WeekLine("changes of roles wait until you agree", count, reverse("people")) if count else None
