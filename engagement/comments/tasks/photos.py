"""Sweeps out, every hour, photos of comments that were never sent."""

from datetime import timedelta

from django.utils import timezone

from engagement.comments.actions import photos
from portal.tasks import regularly, task


@task()
def sweep_photos() -> None:
    photos.sweep(now=timezone.now())


regularly(sweep_photos, name="comments.sweep_photos", every=timedelta(hours=1))
