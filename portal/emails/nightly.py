"""The night's work on what came back; it is handed nothing."""

from datetime import time

from portal import clock
from portal.tasks import regularly, task


@task()
def forget_what_came_back() -> None:
    """Delete what is known of mails that came back half a year ago, whether or not another one does."""
    from portal.emails.suppression import forget_old_soft_bounces

    forget_old_soft_bounces(now=clock.now())


regularly(forget_what_came_back, name="emails.forget_what_came_back", daily_at=time(3, 35))
