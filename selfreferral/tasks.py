"""What the worker does for this room: telling the navigators that somebody asked, in numbers only."""

from django.urls import reverse
from django.utils import timezone

from portal.emails.links import absolute
from portal.emails.sending import send
from portal.tasks import task
from selfreferral.models import Referral
from selfreferral.people import navigators


@task()
def alert_navigators() -> None:
    """Write to everybody who can pick somebody up: how many are new and how many are overdue, and a link."""
    now = timezone.now()
    context = {
        "new": Referral.objects.new().count(),
        "overdue": Referral.objects.overdue(now=now).count(),
        "queue_url": absolute(reverse("selfreferral_staff:queue")),
    }
    for navigator in navigators():
        send(to=navigator.email, template="selfreferral/alert", context=context)
