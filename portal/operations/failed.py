"""Of work that failed, keeps where it failed; the words of an error may be somebody's, and stay out of the table."""

import sys
from typing import Any

from django_tasks import TaskResultStatus
from django_tasks.signals import task_finished
from django_tasks_db.models import DBTaskResult

from portal.logs import frames_of


def keep_places_only(sender: Any, task_result: Any, **also: Any) -> None:
    error = sys.exc_info()[1]
    if task_result.status == TaskResultStatus.FAILED and error is not None:
        DBTaskResult.objects.filter(pk=task_result.id).update(traceback="\n".join(frames_of(error)))


def listen() -> None:
    task_finished.connect(keep_places_only, dispatch_uid="operations.failed")
