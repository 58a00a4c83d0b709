"""What the worker does for this room: says in numbers, every working day, that somebody has to be answered soon."""

from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone

from portal.accounts.permissions import holders
from portal.clock import is_working_day
from portal.emails.again import tried_again
from portal.emails.links import absolute
from portal.emails.sending import send
from portal.privacy.people import HANDLE
from portal.rights.models import SubjectRequest
from portal.tasks import enqueue_on_commit, regularly, task


@task()
def tell_what_is_due() -> None:
    """Where a request is due within seven days, or overdue."""
    remind(now=timezone.now())


def remind(*, now: datetime) -> int:
    """One mail for everybody who answers for every room, on working days; how many go."""
    today = timezone.localdate(now)
    if not is_working_day(today) or not SubjectRequest.objects.due_soon(today).exists():
        return 0
    to_tell = list(holders(HANDLE).values_list("pk", flat=True))
    for number in to_tell:
        enqueue_on_commit(tell_one, user_id=number)
    return len(to_tell)


@task()
def tell_one(*, user_id: int, tries: int = 0) -> None:
    """Counts and a link, and nothing of anybody."""
    user = holders(HANDLE).filter(pk=user_id).first()
    if user is None:
        return
    today = timezone.localdate()
    context = {
        "soon": SubjectRequest.objects.due_soon(today).count(),
        "overdue": SubjectRequest.objects.overdue(today).count(),
        "url": absolute(reverse("rights:requests")),
    }
    with tried_again(tell_one, mail=f"The reminder of requests to account {user_id}", tries=tries, user_id=user_id):
        send(to=user.email, template="rights/due", context=context)


regularly(tell_what_is_due, name="rights.tell_what_is_due", daily_at=time(8, 30))
