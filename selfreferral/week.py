"""This room's numbers on the staff home: how many people wait to hear from us or to be rung back, and what waits to be erased."""

from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.pages.week import WeekLine
from selfreferral.models import CallBack, ErasureRequest, Referral
from selfreferral.people import ERASE, SEE, WORK
from selfreferral.queue.rows import MOST
from selfreferral.surveying.calls import is_late


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


def people_to_ring(user: User) -> WeekLine | None:
    """People who were not happy with our help and asked us to ring, for those who ring; nothing where nobody waits."""
    waiting = CallBack.objects.waiting()
    oldest = waiting.first() if user.has_perm(WORK) else None
    if oldest is None:
        return None
    count, url = waiting.count(), reverse("selfreferral_staff:calls")
    label = f"{'person' if count == 1 else 'people'} asked us to ring back"
    return WeekLine(label, count, url, is_urgent=is_late(oldest, now=timezone.now()))


def records_to_erase(user: User) -> WeekLine | None:
    """What the lead asked to have erased, for those who decide it."""
    if not user.has_perm(ERASE):
        return None
    url = reverse("selfreferral_together:erasures")
    return WeekLine("records asked to be erased", ErasureRequest.objects.waiting().count(), url)
