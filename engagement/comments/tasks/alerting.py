"""Mails to people who follow a place.

What each does is imported when it runs: those modules hand over work to this one.
"""

from datetime import time

from django.utils import timezone

from portal.tasks import regularly, task


@task()
def ask_about_alert(alert_id: int, tries: int = 0) -> None:
    """Ask somebody whether they want to hear what is new around a place."""
    from engagement.comments.hearing.first_mails import ask_owner

    ask_owner(alert_id, tries=tries)


# Somebody's first mail must not wait behind a morning's worth of these.
@task(priority=-5)
def send_alert(alert_id: int) -> None:
    """Tell one person what is new around a place."""
    from engagement.comments.hearing.alerts import write_alert

    write_alert(alert_id, now=timezone.now())


@task()
def send_alerts() -> None:
    """Hand out this morning's alerts."""
    from engagement.comments.hearing.alerts import hand_out

    hand_out(now=timezone.now())


regularly(send_alerts, name="comments.send_alerts", daily_at=time(7))
