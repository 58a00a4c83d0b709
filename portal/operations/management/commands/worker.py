"""`manage.py worker`: does what was queued, and what comes again and again, until it is stopped."""

import logging
import time
from typing import Any

from django.db import InterfaceError, OperationalError, connections
from django_tasks_db.management.commands import db_worker
from django_tasks_db.management.commands.db_worker import Worker

from portal.memory import give_back, share_heaps
from portal.operations.health.watching import Watch
from portal.operations.timekeeping import Timekeeper

ASK_AGAIN_AFTER_SECONDS = 2
# What takes as long has mostly drawn pictures or read long lists.
LONG_SECONDS = 0.5
log = logging.getLogger(__name__)


class PatientWorker(Worker):
    """The queue's own worker; a database that is locked or away is asked again, until somebody stops us."""

    def run(self) -> None:
        while self.running:
            try:
                super().run()
                return
            except (OperationalError, InterfaceError) as error:
                if self.batch:
                    raise
                log.warning("The worker could not reach the database, and tries again: %s", type(error).__name__)
                # What was half done there is undone; a stop in the pause ends us at once.
                connections.close_all()
                if self.running:
                    time.sleep(ASK_AGAIN_AFTER_SECONDS)

    def run_task(self, db_task_result: Any) -> None:
        begun = time.monotonic()
        super().run_task(db_task_result)
        if time.monotonic() - begun > LONG_SECONDS:
            give_back()


# The command makes its worker by this name, and offers no other way to give it another.
db_worker.Worker = PatientWorker  # type: ignore[misc]


class Command(db_worker.Command):
    """The queue's own worker with a timekeeper and a watch beside it."""

    help = "Do queued work and regular work until stopped."

    def handle(self, *, worker_id: str, **options: Any) -> None:
        share_heaps()
        timekeeper, watch = Timekeeper(worker_id), Watch()
        timekeeper.start()
        watch.start()
        try:
            super().handle(worker_id=worker_id, **options)
        finally:
            timekeeper.stopped.set()
            watch.stopped.set()
