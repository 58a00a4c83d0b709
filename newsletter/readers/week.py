"""The list of readers on the staff home: who waits for a yes. A number, and nobody's name."""

from datetime import timedelta

from django.urls import reverse

from newsletter.models import Subscriber
from newsletter.permissions import KEEP_READERS
from portal import clock
from portal.accounts.models import User
from portal.pages.week import WeekLine

URGENT_AFTER = timedelta(days=14)


def askings_for_post(user: User) -> WeekLine | None:
    """People who asked to have the newspaper posted and wait until somebody says yes."""
    if not user.has_perm(KEEP_READERS):
        return None
    count = Subscriber.objects.waiting_for_post().count()
    label = "person wants the newspaper posted" if count == 1 else "people want the newspaper posted"
    is_urgent = Subscriber.objects.waiting_for_post_since(clock.now() - URGENT_AFTER).exists()
    return WeekLine(label=label, count=count, url=reverse("newspaper_posted"), is_urgent=is_urgent)
