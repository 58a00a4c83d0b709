"""Asking to hear when a session is off, confirming the address, leaving, and counting each mail."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from engagement.directory.listening.tasks import ask_listener
from engagement.directory.models import Activity, Listener, SessionChange, Telling
from portal.audit.record import record
from portal.tasks import enqueue_on_commit

CONFIRM_WITHIN = timedelta(days=7)
# How long one address waits until it is asked again about one activity, and how many activities may ask it in a day: so
# that nobody can have somebody else's letter box filled.
ASK_AGAIN_AFTER = timedelta(minutes=10)
MOST_ASKED_A_DAY = 5


@transaction.atomic
def ask_to_hear(*, activity: Activity, address: str, now: datetime | None = None) -> Listener:
    """Somebody wants to know when a session is off: send a mail to find out whether the address is theirs.

    The answer on the screen is the same for every address, known or not; one that listens already gets the mail again,
    and its button changes nothing.
    """
    now, address = now or timezone.now(), address.strip().lower()
    asked_today = Listener.objects.at(address).asked_since(now - timedelta(days=1)).count()
    listener, is_new = Listener.objects.get_or_create(activity=activity, email=address, defaults={"asked_at": now})
    is_soon = not is_new and now - listener.asked_at < ASK_AGAIN_AFTER
    if is_soon or asked_today >= MOST_ASKED_A_DAY:
        return listener
    listener.asked_at = now
    listener.save(update_fields=["asked_at"])
    record(action="directory.ask_to_hear", by=None, subject=activity, listener=listener.pk)
    enqueue_on_commit(ask_listener, listener_id=listener.pk)
    return listener


@transaction.atomic
def confirm_listener(*, listener: Listener, now: datetime | None = None) -> Listener:
    """The address is theirs: from now on they hear. Doing it twice changes nothing."""
    current = Listener.objects.select_for_update(of=("self",)).with_activity().get(pk=listener.pk)
    if current.confirmed_at is None:
        current.confirmed_at = now or timezone.now()
        current.save(update_fields=["confirmed_at"])
        record(action="directory.confirm_hearing", by=None, subject=current.activity, listener=current.pk)
    return current


@transaction.atomic
def end_listener(*, listener: Listener) -> None:
    """Write no more about this activity, and forget the address. Doing it twice changes nothing."""
    gone, _ = Listener.objects.filter(pk=listener.pk).delete()
    if gone:
        record(action="directory.stop_hearing", by=None, subject=listener.activity, listener=listener.pk)


@transaction.atomic
def mark_told(*, changes: Iterable[SessionChange], is_undo: bool, now: datetime) -> None:
    """Write down that these changes, or their taking back, were handed out to everybody who asked."""
    numbers = [change.pk for change in changes]
    told = {"undo_told_at": now} if is_undo else {"told_at": now}
    SessionChange.objects.numbered(numbers).update(**told)


@transaction.atomic
def claim(*, telling_id: int, now: datetime) -> Telling | None:
    """Take one mail into this worker's hands; None where another has it, or it went already."""
    is_mine = Telling.objects.free_at(now).filter(pk=telling_id).update(claimed_at=now, tries=F("tries") + 1)
    return Telling.objects.with_listener().get(pk=telling_id) if is_mine else None


@transaction.atomic
def finish(*, telling: Telling, now: datetime) -> None:
    """It went, or there is nothing to tell any more."""
    Telling.objects.filter(pk=telling.pk).update(done_at=now)


@transaction.atomic
def release(*, telling: Telling) -> None:
    """It plainly did not go: another try may take it."""
    Telling.objects.filter(pk=telling.pk).update(claimed_at=None)
