"""What must hold before the portal takes anybody's words: database, migrations, keys and a worker that is awake."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from portal.operations.timekeeping import is_somebody_awake
from selfreferral.readiness import is_open

LONGEST_WAIT = timedelta(minutes=5)


def check_readiness() -> dict[str, bool]:
    """Each check by name and whether it holds; a database that is away makes the rest false, not an error."""
    checks = {"database": False, "migrations": False, "keys": False, "worker": False}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        checks["database"] = True
        checks["migrations"] = is_migrated()
        # The keys are tried on what is kept, so they need a database that is up to date.
        checks["keys"] = is_open() if checks["migrations"] else _has_keys()
        checks["worker"] = is_somebody_awake(timezone.now()) and not _work_is_stuck()
    except DatabaseError:
        pass
    return checks


def is_migrated() -> bool:
    """Whether the tables are as this code wants them."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _has_keys() -> bool:
    return bool(settings.REFERRAL_KEYS and settings.INDEX_KEY)


def waiting_since(moment: datetime) -> QuerySet[DBTaskResult]:
    """Work that has been due since before a moment; what is planned for later, or was set aside, waits for nobody."""
    at_once = Q(run_after=get_date_max(), enqueued_at__lt=moment)
    due = DBTaskResult.objects.filter(at_once | Q(run_after__lt=moment), status=TaskResultStatus.READY)
    return due.filter(queue_name="default")


def _work_is_stuck() -> bool:
    """Work that has waited for five minutes says that a worker which is awake does not get on with it."""
    return waiting_since(timezone.now() - LONGEST_WAIT).exists()
