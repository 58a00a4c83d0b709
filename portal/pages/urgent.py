"""The numbers for urgent help must be true: whoever may change them is told when nobody has checked them for a while."""

from datetime import timedelta

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.pages.settings import UrgentHelp
from portal.pages.week import WeekLine

CHECKED_EVERY = timedelta(days=90)


def numbers_to_check(user: User) -> WeekLine | None:
    """Days since the numbers were last rung or read, once that is too long ago; or that nobody ever did."""
    if not user.has_perm("pages.change_urgenthelp"):
        return None
    url = reverse("wagtailsettings:edit", args=("pages", "urgenthelp"))
    oldest = UrgentHelp.objects.order_by(F("checked_on").asc(nulls_first=True)).first()
    if oldest is None or oldest.checked_on is None:
        return WeekLine("list of urgent numbers that nobody has checked yet", 1, url, is_urgent=True)
    age = timezone.localdate() - oldest.checked_on
    if age <= CHECKED_EVERY:
        return None
    return WeekLine("days since somebody checked the urgent numbers", age.days, url, is_urgent=True)
