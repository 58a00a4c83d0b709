"""The link in an invitation: it names one invitation and the moment it was sent, works once, and only the newest does."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from portal.accounts.models import RoleChange
from portal.emails.links import read, sign

_PURPOSE = "accounts.invitation"


def path_of(change: RoleChange) -> str:
    return reverse("welcome", args=[sign(_PURPOSE, _mark(change))])


def invitation_of(token: str) -> RoleChange | None:
    """The invitation that a link opens; None for a link that is false, old, used, or was replaced by a newer one."""
    told = str(read(_PURPOSE, token, max_age=timedelta(days=settings.INVITATION_DAYS)) or "")
    number, _, _ = told.partition(":")
    if not number.isdecimal():
        return None
    found = RoleChange.objects.with_people().invited().numbered(int(number))
    return found if found is not None and _mark(found) == told else None


def _mark(change: RoleChange) -> str:
    sent = int(change.invited_at.timestamp()) if change.invited_at else 0
    return f"{change.pk}:{sent}"
