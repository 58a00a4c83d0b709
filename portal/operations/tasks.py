"""Regular work of the house itself: sealing its history."""

from datetime import timedelta

from django.utils import timezone

from portal.audit.sealing import seal_settled
from portal.tasks import regularly, task


@task()
def seal_history() -> None:
    """Bind what was done into the chain of seals, as far as it has settled."""
    now = timezone.now()
    while seal_settled(now):
        continue


regularly(seal_history, name="audit.seal", every=timedelta(minutes=1))
