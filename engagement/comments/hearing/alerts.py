"""Writes to people who follow a place: who is due this morning, and what each is told."""

import logging
from datetime import datetime, timedelta

from django.urls import reverse

from engagement.comments.actions.alerting import move_on
from engagement.comments.hearing.links import alert_end_path, leave_headers
from engagement.comments.hearing.news import news_for
from engagement.comments.map.bounds import Bounds
from engagement.comments.models import Alert
from engagement.comments.selection import Selection
from engagement.comments.tasks.alerting import send_alert
from portal.emails.links import absolute
from portal.emails.outcomes import Verdict, read_error
from portal.emails.sending import send
from portal.pages.settings import site_identity
from portal.tasks import enqueue_on_commit

log = logging.getLogger(__name__)

# A little less than a day and a week, so that a morning on which the worker was late does not push the next one back.
WAITS = {Alert.Often.DAILY: timedelta(hours=20), Alert.Often.WEEKLY: timedelta(days=6, hours=20)}


def hand_out(*, now: datetime) -> int:
    """One piece of work for each alert that is due: those told daily, and those told weekly who heard nothing for a week."""
    due = [
        number
        for often, wait in WAITS.items()
        for number in Alert.objects.running().in_use().told_before(now - wait, often=often).values_list("pk", flat=True)
    ]
    for number in due:
        enqueue_on_commit(send_alert, alert_id=number)
    return len(due)


def write_alert(alert_id: int, *, now: datetime) -> bool:
    """Send one alert, where there is something to tell; whether it went.

    What it tells is marked as told first, so that a crash or a second worker never sends it twice. Where the mail server
    plainly did not take it, the mark goes back, and the next morning tells it all.
    """
    alert = Alert.objects.running().in_use().with_place().filter(pk=alert_id).first()
    news = news_for(alert, until=now) if alert else None
    if alert is None or news is None or not news.count or not move_on(alert=alert, told_until=now):
        return False
    everything = Selection(bounds=Bounds.within_reach(alert.point, alert.metres))
    leave = alert_end_path(alert)
    context = {
        "alert": alert,
        "news": news,
        "identity": site_identity(),
        "everything_url": absolute(reverse("comments") + everything.as_query()),
        "leave_url": absolute(leave),
    }
    try:
        return send(to=alert.address, template="comments/alert", context=context, headers=leave_headers(leave))
    except Exception as error:
        outcome = read_error(error)
        log.warning("Alert %s did not go: %s %s", alert_id, outcome.verdict, outcome.code)
        told_until, alert.told_until = alert.told_until, now
        if outcome.verdict in {Verdict.TRY_AGAIN, Verdict.SERVER_TROUBLE}:
            move_on(alert=alert, told_until=told_until)
        return False
