"""Saying that one session is off, moved or something about it, and taking that back."""

from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from engagement.directory.actions.coming import work_out_sessions
from engagement.directory.models import Schedule, SchoolBreak, SessionChange, Venue
from engagement.directory.sessions import occurrences
from portal import clock
from portal.accounts.models import User
from portal.audit.record import record
from portal.clock import say_date
from portal.text import plain

LONGEST_REASON = 160
ACTIONS = {
    SessionChange.Kind.CANCELLED: "directory.cancel_session",
    SessionChange.Kind.MOVED: "directory.move_session",
    SessionChange.Kind.NOTE: "directory.note_session",
}


class NoSuchSession(Exception):
    """Nothing takes place on that date."""


@transaction.atomic
def cancel_session(*, schedule: Schedule, on: date, reason: str, by: User | None) -> SessionChange:
    """Not this time: every page says so at once, with the reason. Saying it twice changes only the reason.

    Raises NoSuchSession where nothing takes place on that date.
    """
    return _say(schedule, on, by, kind=SessionChange.Kind.CANCELLED, reason=reason)


@transaction.atomic
def move_session(
    *,
    schedule: Schedule,
    on: date,
    to_on: date,
    starts_at: time,
    ends_at: time | None,
    venue: Venue | None = None,
    reason: str,
    by: User | None,
) -> SessionChange:
    """This time on another day, at another hour or at another venue.

    Raises NoSuchSession where nothing takes place on that date, and ValidationError where it would end as it starts.
    """
    if ends_at == starts_at:
        raise ValidationError({"ends_at": "Give a time after the start, or leave this empty."})
    moved = {"moved_on": to_on, "moved_starts_at": starts_at, "moved_ends_at": ends_at}
    elsewhere = venue if venue and venue.pk != schedule.venue_id else None
    return _say(schedule, on, by, kind=SessionChange.Kind.MOVED, reason=reason, **moved, moved_venue=elsewhere)


@transaction.atomic
def add_note(*, schedule: Schedule, on: date, reason: str, by: User | None) -> SessionChange:
    """Something people should know about one session, which takes place all the same."""
    return _say(schedule, on, by, kind=SessionChange.Kind.NOTE, reason=reason)


@transaction.atomic
def restore_session(*, schedule: Schedule, on: date, by: User | None) -> SessionChange | None:
    """Take back what was said about a date: the session is on as usual. None where there was nothing to take back."""
    live = _lock(schedule, on)
    if live is None:
        return None
    _undo(live, by)
    work_out_sessions([schedule.pk], clock.now())
    record(action="directory.restore_session", by=by, subject=schedule.activity, on=on.isoformat(), kind=live.kind)
    return live


def _say(schedule: Schedule, on: date, by: User | None, **said: Any) -> SessionChange:
    if not _takes_place(schedule, on):
        raise NoSuchSession(f"{schedule.activity.name} does not take place on {say_date(on)}.")
    said["reason"] = plain(said["reason"], limit=LONGEST_REASON)
    live = _lock(schedule, on)
    if live is not None and all(getattr(live, name) == value for name, value in said.items()):
        return live
    if live is not None:
        _undo(live, by)
    change = SessionChange.objects.create(schedule=schedule, session_on=on, made_at=timezone.now(), made_by=by, **said)
    work_out_sessions([schedule.pk], clock.now())
    record(action=ACTIONS[said["kind"]], by=by, subject=schedule.activity, on=on.isoformat(), schedule=schedule.pk)
    return change


def _takes_place(schedule: Schedule, on: date) -> bool:
    rule = schedule.rule
    return rule is not None and bool(occurrences(rule, first=on, last=on, schools=SchoolBreak.objects.year()))


def _lock(schedule: Schedule, on: date) -> SessionChange | None:
    """The live change of a date; the schedule's row is locked, so that two people cannot speak at once."""
    Schedule.objects.select_for_update().get(pk=schedule.pk)
    return SessionChange.objects.live().of(schedule, on).first()


def _undo(change: SessionChange, by: User | None) -> None:
    change.undone_at, change.undone_by = timezone.now(), by
    change.save(update_fields=["undone_at", "undone_by"])
