"""What the worker writes down about itself: when regular work is due next, and that it is awake."""

from django.db import models

from portal.privacy import NoPersonalData


class RegularRun(models.Model):
    """When one piece of regular work is due next; one row for each, whichever of several workers comes first."""

    name = models.CharField(max_length=80, unique=True)
    due_at = models.DateTimeField()
    handed_over_at = models.DateTimeField(null=True)

    personal_data = NoPersonalData(because="it is a timetable of ours")

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """When a worker was last seen awake."""

    worker = models.CharField(max_length=64, unique=True)
    beat_at = models.DateTimeField()

    personal_data = NoPersonalData(because="a worker is a program")

    def __str__(self) -> str:
        return self.worker
