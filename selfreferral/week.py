"""This room's number on the staff home: how many people wait to hear from us."""

from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.pages.week import WeekLine
from selfreferral.models import Referral
from selfreferral.people import SEE
from selfreferral.queue import MOST


def people_to_answer(user: User) -> WeekLine | None:
    """People who have not talked with us yet; first on the list as soon as one should have."""
    if not user.has_perm(SEE):
        return None
    waiting = Referral.objects.before_first_talk().up_to(MOST)
    overdue = Referral.objects.overdue(now=timezone.now()).up_to(MOST)
    url = reverse("selfreferral_staff:queue")
    if overdue:
        return WeekLine(f"people to answer, {overdue} overdue", waiting, url, is_urgent=True)
    return WeekLine("people to answer", waiting, url)
