"""This room's number on the staff home: how many people wait to hear from us."""

from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.pages.week import WeekLine
from selfreferral.models import Referral
from selfreferral.people import SEE


def people_to_answer(user: User) -> WeekLine | None:
    """People who have not talked with us yet; first on the list as soon as one should have."""
    if not user.has_perm(SEE):
        return None
    counts = Referral.objects.counts(user=user, now=timezone.now(), today=timezone.localdate())
    url = reverse("selfreferral_staff:queue")
    if counts["overdue"]:
        return WeekLine(f"people to answer, {counts['overdue']} overdue", counts["waiting"], url, is_urgent=True)
    return WeekLine("people to answer", counts["waiting"], url)
