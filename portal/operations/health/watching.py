"""Watches over the portal beside the worker's own loop, and writes to administrators when something is stuck: once, and once
when it is well again."""

import logging
import threading
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.urls import reverse
from django.utils import timezone

from portal.accounts.permissions import holders
from portal.emails import heard
from portal.emails.links import absolute
from portal.emails.outcomes import ERRORS_OF_SENDING
from portal.emails.sending import send
from portal.operations.health.figures import Found, all_figures
from portal.operations.models import RegularRun, Restoration, Sighting, Trouble

EVERY = timedelta(minutes=5)
# What is well again at the next look was nothing to write about.
TOLD_AFTER = timedelta(minutes=4)
KEPT = timedelta(days=90)
KEEP_RUNNING = "operations.keep_running"
NAME = "operations.watch"
log = logging.getLogger(__name__)


def watch(now: datetime) -> bool:
    """One look at everything, by one worker of all; whether it was this one."""
    write_down_news()
    if not _is_our_turn(now):
        return False
    found = all_figures(now)
    note_troubles(found=found, now=now)
    if Restoration.objects.waiting() is None:
        tell(found=found, now=now)
    return True


@transaction.atomic
def _is_our_turn(now: datetime) -> bool:
    run, _ = RegularRun.objects.get_or_create(name=NAME, defaults={"due_at": now})
    # Further ahead than that: the clock was set back meanwhile.
    is_due = run.due_at <= now or run.due_at > now + EVERY
    mine = RegularRun.objects.filter(pk=run.pk, due_at=run.due_at)
    return is_due and bool(mine.update(due_at=now + EVERY, handed_over_at=now))


@transaction.atomic
def write_down_news() -> None:
    """What this process heard of its mails."""
    for name, moment in heard.take_news().items():
        Sighting.objects.update_or_create(name=name, defaults={"seen_at": moment})


@transaction.atomic
def note_troubles(*, found: Iterable[Found], now: datetime) -> None:
    """Write down what began and what ended, and forget what ended long ago."""
    bad = {one.name for one in found if one.figure.is_well is False}
    going_on = Trouble.objects.going_on()
    going_on.exclude(name__in=bad).update(ended_at=now)
    for name in bad - set(going_on.values_list("name", flat=True)):
        Trouble.objects.create(name=name, began_at=now)
    Trouble.objects.ended_before(now - KEPT).delete()


def tell(*, found: Iterable[Found], now: datetime) -> int:
    """Write of what began a while ago and is not told yet, and of what was told and is over; how many mails went."""
    titles = {one.name: one for one in found}
    new = list(Trouble.objects.going_on().filter(told_at=None, began_at__lte=now - TOLD_AFTER))
    over = list(Trouble.objects.filter(told_at__isnull=False, ended_at__isnull=False))
    if not new and not over:
        return 0
    context = {
        "new": [titles[one.name] for one in new if one.name in titles],
        "over": [titles[one.name] for one in over if one.name in titles],
        "health_url": absolute(reverse("health:page")),
    }
    gone = sum(_write(person.email, context, number=person.pk) for person in holders(KEEP_RUNNING))
    if gone:
        Trouble.objects.filter(pk__in=[one.pk for one in new]).update(told_at=now)
        # The end was told: there is nothing more to tell.
        Trouble.objects.filter(pk__in=[one.pk for one in over]).update(told_at=None)
    return gone


def _write(address: str, context: Mapping[str, object], *, number: int) -> bool:
    try:
        return send(to=address, template="operations/trouble", context=context)
    except ERRORS_OF_SENDING as error:
        log.warning("Account %s could not be told of trouble: %s", number, type(error).__name__)
        return False


class Watch(threading.Thread):
    """Looks every minute whether it is time, until it is told to stop; in a thread of its own, for a mail server may be slow."""

    def __init__(self) -> None:
        super().__init__(name="watch", daemon=True)
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.wait(60):
            self.look()
        connection.close()

    def look(self) -> None:
        close_old_connections()
        try:
            watch(timezone.now())
        except DatabaseError as error:
            log.warning("The watch could not reach the database: %s", type(error).__name__)
