"""How the worker gets on: whether it is awake, what waits, what failed, and which regular work is late."""

from collections import Counter
from datetime import datetime, timedelta

from django.db.models import Min
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from portal.operations.health.figure import Figure, ago
from portal.operations.models import Heartbeat, RegularRun, Restoration
from portal.operations.readiness import LONGEST_WAIT, waiting_since
from portal.operations.timekeeping import AWAKE_WITHIN
from portal.tasks import REGULAR

LATE = timedelta(minutes=10)
FAILED_WITHIN = timedelta(days=1)
START_IT = "On the server: systemctl status together-worker, then systemctl restart together-worker."
SHOWN = 5


def worker(now: datetime) -> Figure:
    beats = list(Heartbeat.objects.order_by("-beat_at").values_list("beat_at", flat=True))
    if not beats:
        return Figure(is_well=False, says="No worker was seen since yesterday.", todo=START_IT)
    awake = sum(beat >= now - AWAKE_WITHIN for beat in beats)
    numbers = {"workers_awake": awake, "worker_seen_seconds": (now - beats[0]).total_seconds()}
    if not awake:
        return Figure(is_well=False, says=f"Last awake {ago(now - beats[0])}.", todo=START_IT, numbers=numbers)
    return Figure(is_well=True, says=f"{awake} awake." if awake > 1 else "Awake.", numbers=numbers)


def queue(now: datetime) -> Figure:
    waiting = waiting_since(now)
    oldest = waiting.aggregate(first=Min("enqueued_at"))["first"]
    length = waiting.count()
    seconds = (now - oldest).total_seconds() if oldest else 0
    numbers = {"queue_length": length, "queue_oldest_seconds": seconds}
    says = f"{length} waiting, the oldest came {ago(now - oldest)}." if oldest else "Nothing waits."
    if waiting_since(now - LONGEST_WAIT).exists():
        todo = "The worker is away, or busy with something long. Look again in ten minutes, then restart it."
        return Figure(is_well=False, says=says, todo=todo, numbers=numbers)
    return Figure(is_well=True, says=says, numbers=numbers)


def failed(now: datetime) -> Figure:
    """By name and number: what went wrong may be in somebody's words, and stays in the log as places in the code."""
    rows = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__gte=now - FAILED_WITHIN)
    found = list(rows.order_by("-finished_at").values_list("task_path", "pk")[:100])
    numbers = {"failed_last_day": float(rows.count())}
    if not found:
        return Figure(is_well=True, says="Nothing failed since yesterday.", numbers=numbers)
    kinds = Counter(path for path, _ in found)
    last = dict(reversed(found))
    told = [f"{kind} ({count}, last {str(last[kind])[:8]})" for kind, count in kinds.most_common(SHOWN)]
    todo = "Look for the number in the log. What was to be done was not done."
    return Figure(is_well=False, says=f"Since yesterday: {', '.join(told)}.", todo=todo, numbers=numbers)


def regular(now: datetime) -> Figure:
    runs = {run.name: run for run in RegularRun.objects.all() if run.name in REGULAR}
    late = sorted(name for name, run in runs.items() if run.due_at < now - LATE)
    numbers = {"regular_late": float(len(late))}
    if Restoration.objects.waiting():
        return Figure(is_well=None, says="Rests until somebody presses Go on.", numbers=numbers)
    if late:
        return Figure(is_well=False, says=f"Late: {', '.join(late[:SHOWN])}.", todo=START_IT, numbers=numbers)
    handed = [run.handed_over_at for run in runs.values() if run.handed_over_at]
    says = f"{len(runs)} kinds in time, the last one {ago(now - max(handed))}." if handed else "Nothing was due yet."
    return Figure(is_well=True, says=says, numbers=numbers)
