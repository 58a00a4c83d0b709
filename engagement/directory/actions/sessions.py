"""Saying that one session is off, or something about it, and taking that back."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from engagement.directory.models import Activity, SessionChange
from engagement.directory.schedule import occurrences
from portal.accounts.models import User
from portal.audit.record import record
from portal.clock import say_date
from portal.text import plain

LONGEST_REASON = 160


class NoSuchSession(Exception):
    """The activity does not take place on that date."""


@transaction.atomic
def cancel_session(*, activity: Activity, on: date, reason: str, by: User | None) -> SessionChange:
    """Not this time: every page says so at once, with the reason. Saying it twice changes only the reason.

    Raises NoSuchSession where nothing takes place on that date.
    """
    return _say(activity, on, SessionChange.Kind.CANCELLED, reason, by)


@transaction.atomic
def add_note(*, activity: Activity, on: date, reason: str, by: User | None) -> SessionChange:
    """Something people should know about one session, which takes place all the same."""
    return _say(activity, on, SessionChange.Kind.NOTE, reason, by)


@transaction.atomic
def restore_session(*, activity: Activity, on: date, by: User | None) -> SessionChange | None:
    """Take back what was said about a date: the session is on as usual. None where there was nothing to take back."""
    live = _lock(activity, on)
    if live is None:
        return None
    _undo(live, by)
    record(action="directory.restore_session", by=by, subject=activity, on=on.isoformat(), kind=live.kind)
    return live


def _say(activity: Activity, on: date, kind: SessionChange.Kind, reason: str, by: User | None) -> SessionChange:
    if not _takes_place(activity, on):
        raise NoSuchSession(f"{activity.name} does not take place on {say_date(on)}.")
    reason = plain(reason, limit=LONGEST_REASON)
    live = _lock(activity, on)
    if live is not None and live.kind == kind and live.reason == reason:
        return live
    if live is not None:
        _undo(live, by)
    said = SessionChange.objects.create(
        activity=activity, session_on=on, kind=kind, reason=reason, made_at=timezone.now(), made_by=by
    )
    action = "directory.cancel_session" if kind == SessionChange.Kind.CANCELLED else "directory.note_session"
    record(action=action, by=by, subject=activity, on=on.isoformat())
    return said


def _takes_place(activity: Activity, on: date) -> bool:
    if activity.starts_on is None or activity.starts_at is None:
        return False
    return bool(occurrences(rule=activity.recurrence, starts_on=activity.starts_on, first=on, last=on))


def _lock(activity: Activity, on: date) -> SessionChange | None:
    """The live change of a date; the activity's row is locked, so that two people cannot speak at once."""
    Activity.objects.select_for_update().get(pk=activity.pk)
    return SessionChange.objects.live().between(on, on).filter(activity=activity).first()


def _undo(change: SessionChange, by: User | None) -> None:
    change.undone_at, change.undone_by = timezone.now(), by
    change.save(update_fields=["undone_at", "undone_by"])
