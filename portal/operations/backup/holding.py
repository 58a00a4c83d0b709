"""What a database that was put back may not do by itself: what was due in between waits for a person."""

from collections import Counter
from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from newsletter.restored import hold_sendings
from portal.accounts.models import User
from portal.audit.record import record
from portal.clock import say_moment
from portal.operations.models import Heartbeat, RegularRun, Restoration, Trouble
from portal.tasks import REGULAR

# The worker looks into the default queue only.
ASIDE = "set_aside"
UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
# The work of libraries on their own indexes.
WRITES_TO_NOBODY = Q(task_path__startswith="wagtail.") | Q(task_path__startswith="modelsearch.")


@transaction.atomic
def hold_all(*, made_at: datetime, now: datetime, by: User | None = None) -> Restoration:
    """Set unfinished work aside, hold sendings, move regular work on, and end every sign-in."""
    restoration = Restoration.objects.create(made_at=made_at, restored_at=now)
    unfinished = DBTaskResult.objects.filter(status__in=UNFINISHED)
    aside = unfinished.exclude(WRITES_TO_NOBODY).update(queue_name=ASIDE)
    unfinished.update(status=TaskResultStatus.READY)
    held = hold_sendings(because=f"Put back from a backup of {say_moment(made_at)}. Look first at what went since.")
    _move_regular_work_on(now)
    # Somebody may have left since.
    Session.objects.all().delete()
    Heartbeat.objects.all().delete()
    Trouble.objects.going_on().update(ended_at=now, told_at=None)
    record(action="operations.restore", by=by, subject=restoration, tasks=aside, sendings=held)
    return restoration


@transaction.atomic
def go_on(*, restoration: Restoration, by: User, now: datetime) -> Restoration:
    """Somebody has looked: regular work begins again with what is due from now on. What was set aside stays there."""
    if Restoration.objects.filter(pk=restoration.pk, gone_on_at=None).update(gone_on_at=now, gone_on_by=by):
        _move_regular_work_on(now)
        record(action="operations.go_on", by=by, subject=restoration)
    restoration.refresh_from_db()
    return restoration


@transaction.atomic
def do_after_all(*, task_path: str, by: User) -> int:
    """Hand work of one kind that was set aside to the worker after all; how much."""
    how_many = _aside(task_path).update(queue_name="default")
    record(action="operations.do_after_all", by=by, task=task_path, how_many=how_many)
    return how_many


@transaction.atomic
def leave_out(*, task_path: str, by: User) -> int:
    """Never do work of one kind that was set aside; how much."""
    how_many, _ = _aside(task_path).delete()
    record(action="operations.leave_out", by=by, task=task_path, how_many=how_many)
    return how_many


def set_aside() -> Counter[str]:
    """How much work of each kind waits for a decision."""
    return Counter(DBTaskResult.objects.filter(queue_name=ASIDE).order_by().values_list("task_path", flat=True))


def _aside(task_path: str) -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.filter(queue_name=ASIDE, task_path=task_path)


def _move_regular_work_on(now: datetime) -> None:
    for work in REGULAR.values():
        RegularRun.objects.update_or_create(name=work.name, defaults={"due_at": work.next_after(now)})
