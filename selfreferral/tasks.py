"""What the worker does for this room: telling the navigators that somebody asked, in numbers only."""

import logging
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from portal.emails.links import absolute
from portal.emails.sending import send
from portal.tasks import enqueue_on_commit, task
from selfreferral.models import Referral
from selfreferral.people import navigators

log = logging.getLogger(__name__)
AGAIN_AFTER = (timedelta(minutes=2), timedelta(minutes=15), timedelta(hours=1))


@task()
def alert_navigators() -> None:
    """One mail for everybody who can pick somebody up; each goes by itself, so that a bad mailbox stops nobody else."""
    for navigator in navigators():
        enqueue_on_commit(alert_navigator, navigator_id=navigator.pk)


@task()
def alert_navigator(*, navigator_id: int, tries: int = 0) -> None:
    """How many are new and how many are overdue, and a link; a mail server that does not answer is tried again."""
    navigator = navigators().filter(pk=navigator_id).first()
    if navigator is None:
        return
    now = timezone.now()
    context = {
        "new": Referral.objects.new().count(),
        "overdue": Referral.objects.overdue(now=now).count(),
        "queue_url": absolute(reverse("selfreferral_staff:queue")),
    }
    try:
        send(to=navigator.email, template="selfreferral/alert", context=context)
    except Exception as error:
        log.warning("The alert to account %s did not go: %s", navigator_id, type(error).__name__)
        if tries < len(AGAIN_AFTER):
            later = now + AGAIN_AFTER[tries]
            enqueue_on_commit(alert_navigator.using(run_after=later), navigator_id=navigator_id, tries=tries + 1)
