"""On the staff home: how many people who asked about themselves have to be answered within a week."""

from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.pages.week import WeekLine
from portal.privacy.people import HANDLE_EVERYDAY
from portal.rights.models import SubjectRequest


def requests_due(user: User) -> WeekLine | None:
    """Due within seven days or overdue; nothing for those whom it does not concern, or while nothing is due."""
    if not user.has_perm(HANDLE_EVERYDAY):
        return None
    today = timezone.localdate()
    theirs = SubjectRequest.objects.for_eyes_of(user)
    soon, overdue = theirs.due_soon(today).count(), theirs.overdue(today).count()
    if not soon:
        return None
    late = f", {overdue} overdue" if overdue else ""
    return WeekLine(f"questions about themselves to answer{late}", soon, reverse("rights:requests"), bool(overdue))
