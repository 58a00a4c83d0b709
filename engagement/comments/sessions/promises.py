"""The coordinator's number of the week about sessions: promises whose day has gone by."""

from django.urls import reverse

from engagement.comments.actions.sessions import RUN
from engagement.comments.models import Promise
from portal import clock
from portal.accounts.models import User
from portal.pages.week import WeekLine


def overdue_line(user: User) -> WeekLine | None:
    """Promises of sessions that should have been kept by now."""
    if not user.has_perm(RUN):
        return None
    count = Promise.objects.overdue(clock.now().date()).count()
    return WeekLine("promises overdue", count, reverse("comments_promises"), is_urgent=True)
