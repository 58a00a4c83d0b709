"""The mail that asks whether an address is somebody's own, before anything else is sent to it."""

from typing import Any

from engagement.comments.hearing.links import CONFIRM_WITHIN, alert_confirm_path, hear_path
from engagement.comments.models import Alert, Follower
from engagement.comments.tasks.alerting import ask_about_alert
from engagement.comments.tasks.telling import ask_whether_theirs
from portal.emails.again import tried_again
from portal.emails.links import absolute
from portal.emails.sending import send
from portal.pages.settings import site_identity


def ask_follower(follower_id: int, *, tries: int) -> None:
    """Ask whether they want to hear what becomes of a comment."""
    follower = Follower.objects.in_use().with_comment().filter(pk=follower_id, confirmed_at__isnull=True).first()
    if follower is None:
        return
    context = {"comment": follower.comment, "is_author": follower.is_author, "url": absolute(hear_path(follower))}
    mail = f"The first mail to follower {follower_id}"
    with tried_again(ask_whether_theirs, mail=mail, tries=tries, follower_id=follower_id):
        _ask(to=follower.address, template="comments/hear", context=context)


def ask_owner(alert_id: int, *, tries: int) -> None:
    """Ask whether they want to hear what is new around a place."""
    alert = Alert.objects.in_use().filter(pk=alert_id, confirmed_at__isnull=True).first()
    if alert is None:
        return
    context = {"alert": alert, "url": absolute(alert_confirm_path(alert))}
    with tried_again(ask_about_alert, mail=f"The first mail to alert {alert_id}", tries=tries, alert_id=alert_id):
        _ask(to=alert.address, template="comments/alert_confirm", context=context)


def _ask(*, to: str, template: str, context: dict[str, Any]) -> None:
    everything = {**context, "identity": site_identity(), "days": CONFIRM_WITHIN.days}
    headers = {"Auto-Submitted": "auto-replied"}
    send(to=to, template=template, context=everything, headers=headers, caused_by_stranger=True)
