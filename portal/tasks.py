"""Work for the worker: how a task is declared and handed over."""

from typing import Any

from django_tasks import task
from django_tasks.base import Task

__all__ = ["enqueue_on_commit", "task"]


def enqueue_on_commit(work: Task[..., Any], **arguments: Any) -> None:
    """Hand work to the worker when the caller's transaction commits, or not at all.

    The queue is a table in the same database, so the row is written in the caller's own transaction: a crash can
    neither lose the work of a committed change nor do the work of one that was rolled back.
    """
    work.enqueue(**arguments)
