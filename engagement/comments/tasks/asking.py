"""Asks every day whether what was done four weeks ago is better."""

from datetime import time

from django.utils import timezone

from portal.tasks import regularly, task


@task()
def ask_whether_better() -> None:
    """Ask those who wanted it, each once."""
    from engagement.comments.actions import asking

    asking.ask_whether_better(now=timezone.now())


regularly(ask_whether_better, name="comments.ask_whether_better", daily_at=time(10, 0))
