"""The newspaper's numbers on the staff home."""

from django.urls import reverse

from newsletter.models import Campaign, Delivery, IssuePage
from newsletter.permissions import SEND
from portal.accounts.models import User
from portal.pages.week import WeekLine


def sendings_to_look_at(user: User) -> WeekLine | None:
    """Sendings on hold, or with copies whose fate nobody knows: urgent while there are any."""
    if not user.has_perm(SEND):
        return None
    count = Campaign.objects.for_a_person().count() or Delivery.objects.uncertain().campaigns_count()
    if not count:
        return None
    label = "sending to look at" if count == 1 else "sendings to look at"
    return WeekLine(label=label, count=count, url=reverse("newspaper_issues"), is_urgent=True)


def planned_sendings(user: User) -> WeekLine | None:
    """Issues that go by themselves at a time to come."""
    if not user.has_perm(SEND):
        return None
    count = Campaign.objects.planned().count()
    label = "sending planned" if count == 1 else "sendings planned"
    return WeekLine(label=label, count=count, url=reverse("newspaper_issues"))


def issues_to_send(user: User) -> WeekLine | None:
    """Issues that no reader has been sent yet."""
    if not user.has_perm(SEND):
        return None
    count = IssuePage.objects.never_sent().count()
    label = "issue not sent yet" if count == 1 else "issues not sent yet"
    return WeekLine(label=label, count=count, url=reverse("newspaper_issues"))
