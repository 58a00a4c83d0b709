"""Keeps the time of the worker: hands regular work over when it is due, and writes down that the worker is awake."""

import logging
import threading
from datetime import datetime, timedelta

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.utils import timezone

from portal.operations.models import Heartbeat, RegularRun, Restoration
from portal.tasks import REGULAR, RegularWork, enqueue_on_commit

LOOK_EVERY_SECONDS = 20
AWAKE_WITHIN = timedelta(minutes=2)
FORGOTTEN_AFTER = timedelta(days=1)
# What goes on even in a database that was put back and at which nobody has looked: it writes to nobody outside the team.
GOES_ON = ("audit.seal", "operations.", "selfreferral.put_back_what_lapsed", "selfreferral.end_what_was_shared")
log = logging.getLogger(__name__)


def hand_over_due(now: datetime) -> list[str]:
    """Hand over each piece of regular work that is due, once however many workers ask, and say which they were."""
    later = set(RegularRun.objects.filter(due_at__gt=now).values_list("name", flat=True))
    due = [work for work in REGULAR.values() if work.name not in later]
    if due and Restoration.objects.waiting():
        due = [work for work in due if work.name.startswith(GOES_ON)]
    return [work.name for work in due if _hand_over(work, now)]


@transaction.atomic
def _hand_over(work: RegularWork, now: datetime) -> bool:
    first = now if work.every is not None else work.next_after(now)
    run, _ = RegularRun.objects.get_or_create(name=work.name, defaults={"due_at": first})
    if run.due_at > now:
        return False
    mine = RegularRun.objects.filter(pk=run.pk, due_at=run.due_at).update(
        due_at=work.next_after(now), handed_over_at=now
    )
    if mine:
        enqueue_on_commit(work.work)
    return bool(mine)


@transaction.atomic
def beat(worker: str, now: datetime) -> None:
    """Write down that this worker is awake, and forget those that have not been for a day."""
    Heartbeat.objects.update_or_create(worker=worker, defaults={"beat_at": now})
    Heartbeat.objects.filter(beat_at__lt=now - FORGOTTEN_AFTER).delete()


def is_somebody_awake(now: datetime) -> bool:
    """Whether any worker was awake in the last two minutes."""
    return Heartbeat.objects.filter(beat_at__gte=now - AWAKE_WITHIN).exists()


class Timekeeper(threading.Thread):
    """Looks at the clock beside the worker's own loop until it is told to stop; a database that is away is asked again."""

    def __init__(self, worker: str) -> None:
        super().__init__(name="timekeeper", daemon=True)
        self.worker = worker
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.is_set():
            self.look()
            self.stopped.wait(LOOK_EVERY_SECONDS)
        connection.close()

    def look(self) -> None:
        """One look at the clock."""
        close_old_connections()
        now = timezone.now()
        try:
            beat(self.worker, now)
            hand_over_due(now)
        except DatabaseError as error:
            log.warning("The timekeeper could not reach the database: %s", type(error).__name__)
