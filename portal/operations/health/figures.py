"""Every figure of the portal's health: whether it is well, what it says, and what to do where it is not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError

from portal.operations.health import machine, mailing, upkeep, visiting, working
from portal.operations.health.figure import Figure


@dataclass(frozen=True)
class Look:
    """One way to look; whatever it asks may be away."""

    name: str
    title: str
    look: Callable[[datetime], Figure]


LOOKS = (
    Look("worker", "Worker", working.worker),
    Look("queue", "Work that waits", working.queue),
    Look("failed", "Work that failed", working.failed),
    Look("regular", "Regular work", working.regular),
    Look("backup", "Backup", upkeep.backup),
    Look("purge", "Clearing out", upkeep.purge),
    Look("disk", "Disk", machine.disk),
    Look("database", "Database", machine.database),
    Look("migrations", "Tables", machine.migrations),
    Look("keys", "Keys", machine.keys),
    Look("mail", "Mail", mailing.mail),
    Look("certificate", "Certificate of the mail server", mailing.certificate),
    Look("visitors", "Visitors", visiting.crowd),
    Look("clock", "Clock", machine.clock),
)


@dataclass(frozen=True)
class Found:
    """What one look found."""

    name: str
    title: str
    figure: Figure


def all_figures(now: datetime) -> list[Found]:
    """Look at everything; what cannot be looked at is not well."""
    return [Found(one.name, one.title, _looked(one, now)) for one in LOOKS]


def _looked(one: Look, now: datetime) -> Figure:
    try:
        return one.look(now)
    except (DatabaseError, OSError) as error:
        return Figure(is_well=False, says=f"Could not be looked at: {type(error).__name__}.", todo="Look into the log.")
