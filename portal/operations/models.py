"""What the house writes down about itself: its timetable, that it is awake, its backups, and what is in trouble."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models

from portal.privacy import NoPersonalData, PersonalData


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


class BackupRunQuerySet(models.QuerySet["BackupRun"]):
    """Ways to look back at backups."""

    def last(self) -> "BackupRun | None":
        return self.order_by("-began_at", "-pk").first()

    def last_whole(self) -> "BackupRun | None":
        """The newest that can be put back."""
        return self.filter(is_whole=True).order_by("-began_at", "-pk").first()

    def until(self, moment: datetime) -> Self:
        return self.filter(began_at__lt=moment)


class BackupRun(models.Model):
    """One attempt to copy everything: when, how large, and what went wrong where something did."""

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    is_whole = models.BooleanField()
    size = models.BigIntegerField(default=0, help_text="Bytes of the archive.")
    trouble = models.CharField(max_length=200, blank=True, help_text="One line about what went wrong.")

    objects = BackupRunQuerySet.as_manager()
    personal_data = NoPersonalData(because="it says when a copy was made, not what is in it")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"backup of {self.began_at:%Y-%m-%d %H:%M}"


class RestorationQuerySet(models.QuerySet["Restoration"]):
    """Ways to ask whether this database was put back."""

    def waiting(self) -> "Restoration | None":
        """The newest after which nobody has said yet that work goes on."""
        return self.filter(gone_on_at=None).order_by("-restored_at").first()


class Restoration(models.Model):
    """This database was put back from a backup; regular work rests until an administrator says that it goes on."""

    made_at = models.DateTimeField(help_text="When the backup was made.")
    restored_at = models.DateTimeField()
    gone_on_at = models.DateTimeField(null=True, blank=True)
    gone_on_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = RestorationQuerySet.as_manager()
    personal_data = PersonalData(
        purpose="To show who said that work goes on after a backup was put back.",
        kept="as long as the portal",
        erased="the administrator's account is cut from it",
        exported=True,
        fields=("gone_on_by",),
        impersonal=("made_at", "restored_at", "gone_on_at"),
    )

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_health", "Can see whether the portal is well"),
            ("keep_running", "Can say that work goes on, and is told of trouble"),
        ]

    def __str__(self) -> str:
        return f"put back at {self.restored_at:%Y-%m-%d %H:%M}"


class TroubleQuerySet(models.QuerySet["Trouble"]):
    """Ways to choose what is in trouble."""

    def going_on(self) -> Self:
        return self.filter(ended_at=None)

    def ended_before(self, moment: datetime) -> Self:
        return self.filter(ended_at__lt=moment)


class Trouble(models.Model):
    """Something that a person has to see to, from when it was noticed until it was well again."""

    name = models.CharField(max_length=40)
    began_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True, help_text="When administrators were told by mail.")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TroubleQuerySet.as_manager()
    personal_data = NoPersonalData(because="it is about machines")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=models.Q(ended_at=None), name="one_trouble_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class Sighting(models.Model):
    """The last time that something was seen: a mail that went, one that did not, a certificate and its last day."""

    name = models.CharField(max_length=40, unique=True)
    seen_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True, help_text="Of a certificate: its last moment.")
    trouble = models.CharField(max_length=200, blank=True)

    personal_data = NoPersonalData(because="it says when, never to whom")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
