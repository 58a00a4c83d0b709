"""Regular work of the house itself: sealing its history, looking at certificates, keeping the database quick."""

from datetime import time, timedelta

from django.db import connection
from django.utils import timezone

from portal.audit.sealing import seal_settled
from portal.fulltext import wipe
from portal.operations.health import certificates
from portal.operations.models import BackupRun
from portal.tasks import regularly, task

BACKUPS_TOLD_FOR = timedelta(days=400)


@task()
def seal_history() -> None:
    """Bind what was done into the chain of seals, as far as it has settled."""
    now = timezone.now()
    while seal_settled(now):
        continue


@task()
def look_at_certificate() -> None:
    """How long the mail server's certificate is good for."""
    certificates.look(now=timezone.now())


@task()
def tidy_up() -> None:
    """Have SQLite look again how its tables have grown, so that it takes the right indexes; forget words that are gone,
    and old lines about backups."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize")
    wipe()
    BackupRun.objects.until(timezone.now() - BACKUPS_TOLD_FOR).delete()


regularly(seal_history, name="audit.seal", every=timedelta(minutes=1))
regularly(look_at_certificate, name="operations.certificate", daily_at=time(4, 20))
regularly(tidy_up, name="operations.tidy_up", daily_at=time(4, 10))
