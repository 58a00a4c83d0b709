"""The night's work on the list of readers; it is handed nothing, so no address lies in the queue."""

from datetime import time

from portal import clock
from portal.tasks import regularly, task


@task()
def tidy_readers() -> None:
    """End the pauses that are over."""
    from newsletter.actions import sweeping

    sweeping.wake_paused(today=clock.now().date())


regularly(tidy_readers, name="newsletter.tidy_readers", daily_at=time(3, 30))
