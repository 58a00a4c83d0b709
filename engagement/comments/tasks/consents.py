"""Forgets after four weeks how to reach authors who may need help and were not passed on."""

from datetime import time

from django.utils import timezone

from portal.tasks import regularly, task


@task()
def forget_old_consents() -> None:
    """Every night, what was promised in the declaration."""
    from engagement.comments.actions import handing_over

    handing_over.forget_old_consents(now=timezone.now())


regularly(forget_old_consents, name="comments.forget_old_consents", daily_at=time(3, 50))
