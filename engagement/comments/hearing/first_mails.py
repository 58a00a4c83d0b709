"""The mail that asks whether an address is somebody's own, before anything else is sent to it."""

import logging
from typing import Any

from django.utils import timezone

from engagement.comments.hearing.links import CONFIRM_WITHIN, alert_confirm_path, hear_path
from engagement.comments.hearing.telling import AGAIN_AFTER
from engagement.comments.models import Alert, Follower
from engagement.comments.tasks.alerting import ask_about_alert
from engagement.comments.tasks.telling import ask_whether_theirs
from portal.emails.links import absolute
from portal.emails.outcomes import Verdict, read_error
from portal.emails.sending import send
from portal.pages.settings import site_identity
from portal.tasks import enqueue_on_commit

log = logging.getLogger(__name__)


def ask_follower(follower_id: int, *, tries: int) -> None:
    """Ask whether they want to hear what becomes of a comment."""
    follower = Follower.objects.with_comment().filter(pk=follower_id, confirmed_at__isnull=True).first()
    if follower is None:
        return
    context = {"comment": follower.comment, "is_author": follower.is_author, "url": absolute(hear_path(follower))}
    is_settled = ask(to=follower.address, template="comments/hear", context=context, whose=f"follower {follower_id}")
    if not is_settled and tries < len(AGAIN_AFTER):
        later = ask_whether_theirs.using(run_after=timezone.now() + AGAIN_AFTER[tries])
        enqueue_on_commit(later, follower_id=follower_id, tries=tries + 1)


def ask_owner(alert_id: int, *, tries: int) -> None:
    """Ask whether they want to hear what is new around a place."""
    alert = Alert.objects.filter(pk=alert_id, confirmed_at__isnull=True).first()
    if alert is None:
        return
    context = {"alert": alert, "url": absolute(alert_confirm_path(alert))}
    is_settled = ask(to=alert.address, template="comments/alert_confirm", context=context, whose=f"alert {alert_id}")
    if not is_settled and tries < len(AGAIN_AFTER):
        later = ask_about_alert.using(run_after=timezone.now() + AGAIN_AFTER[tries])
        enqueue_on_commit(later, alert_id=alert_id, tries=tries + 1)


def ask(*, to: str, template: str, context: dict[str, Any], whose: str) -> bool:
    """Send the mail; False where the mail server may take it later. Errors are logged by number."""
    everything = {**context, "identity": site_identity(), "days": CONFIRM_WITHIN.days}
    try:
        send(to=to, template=template, context=everything, headers={"Auto-Submitted": "auto-replied"})
    except Exception as error:
        outcome = read_error(error)
        log.warning("The first mail to %s did not go: %s %s", whose, outcome.verdict, outcome.code)
        return outcome.verdict == Verdict.FAILED
    return True
