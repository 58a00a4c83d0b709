"""`manage.py worker`: does what was queued, and what comes again and again, until it is stopped."""

from typing import Any

from django_tasks_db.management.commands import db_worker

from portal.operations.health.watching import Watch
from portal.operations.timekeeping import Timekeeper


class Command(db_worker.Command):
    """The queue's own worker with a timekeeper and a watch beside it."""

    help = "Do queued work and regular work until stopped."

    def handle(self, *, worker_id: str, **options: Any) -> None:
        timekeeper, watch = Timekeeper(worker_id), Watch()
        timekeeper.start()
        watch.start()
        try:
            super().handle(worker_id=worker_id, **options)
        finally:
            timekeeper.stopped.set()
            watch.stopped.set()
