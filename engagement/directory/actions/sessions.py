"""Saying that one session is off, moved or something about it, and taking that back."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from engagement.directory.actions.coming import work_out_sessions
from engagement.directory.listening.telling import tell
from engagement.directory.models import Keeper, Schedule, SchoolBreak, SessionChange, Venue
from engagement.directory.sessions import Move, occurrences
from portal import clock
from portal.accounts.models import User
from portal.audit.record import Detail, record
from portal.clock import at, say_date
from portal.text import plain

LONGEST_REASON = 160
FURTHEST_MOVE = timedelta(days=92)
LONGEST_SESSION = timedelta(hours=16)
ACTIONS = {
    SessionChange.Kind.CANCELLED: "directory.cancel_session",
    SessionChange.Kind.MOVED: "directory.move_session",
    SessionChange.Kind.NOTE: "directory.note_session",
}


class NoSuchSession(Exception):
    """Nothing takes place on that date."""


class Overtaken(Exception):
    """What was to be taken back does not hold any more: something else was said about that date."""


@transaction.atomic
def cancel_session(
    *, schedule: Schedule, on: date, reason: str, by: User | None, keeper: Keeper | None = None
) -> SessionChange:
    """Not this time: every page says so at once, with the reason. Saying it twice changes only the reason.

    Raises NoSuchSession where nothing takes place on that date.
    """
    return _say(schedule, on, by, keeper, kind=SessionChange.Kind.CANCELLED, reason=reason)


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
    keeper: Keeper | None = None,
) -> SessionChange:
    """This time on another day, at another hour or at another venue.

    Raises NoSuchSession where nothing takes place on that date, and ValidationError, field by field, where it would be in
    the past, months away, without a length, or where it is already.
    """
    elsewhere = venue if venue and venue.pk != schedule.venue_id else None
    move = Move(to_on, starts_at, ends_at, elsewhere.pk if elsewhere else None)
    if refusal := why_not_move(schedule, on, move, clock.now()):
        raise ValidationError(refusal)
    moved = {"moved_on": to_on, "moved_starts_at": starts_at, "moved_ends_at": ends_at, "moved_venue": elsewhere}
    return _say(schedule, on, by, keeper, kind=SessionChange.Kind.MOVED, reason=reason, **moved)


@transaction.atomic
def add_note(
    *, schedule: Schedule, on: date, reason: str, by: User | None, keeper: Keeper | None = None
) -> SessionChange:
    """Something people should know about one session, which takes place all the same.

    Raises ValidationError for a note without words, and where the session is off or moved: a note must not bring it back.
    """
    if not plain(reason, limit=LONGEST_REASON):
        raise ValidationError({"reason": "Write what people should know."})
    live = _lock(schedule, on)
    if live is not None and live.kind != SessionChange.Kind.NOTE:
        raise ValidationError({"reason": f"This session is {live.get_kind_display()}. Undo that first."})
    return _say(schedule, on, by, keeper, kind=SessionChange.Kind.NOTE, reason=reason)


@transaction.atomic
def restore_session(
    *, schedule: Schedule, on: date, change: int | None = None, by: User | None, keeper: Keeper | None = None
) -> SessionChange | None:
    """Take back what was said about a date: the session is on as usual. None where there was nothing to take back.

    `change` is the number of what whoever asks has read; raises Overtaken where somebody has said something else since.
    """
    live = _lock(schedule, on)
    if live is None:
        return None
    if change is not None and change != live.pk:
        raise Overtaken("Somebody has said something else about it since. Look at it again.")
    undo(live, by, keeper)
    work_out_sessions([schedule.pk], clock.now())
    detail: dict[str, Detail] = {"on": on.isoformat(), "kind": live.kind, **who(keeper)}
    record(action="directory.restore_session", by=by, subject=schedule.activity, **detail)
    tell([live], is_undo=True)
    return live


def why_not_move(schedule: Schedule, on: date, move: Move, now: datetime) -> dict[str, str] | None:
    """What is wrong with moving a session so, by field; None where it can be."""
    starts = at(move.on, move.starts_at)
    if move.ends_at == move.starts_at:
        return {"ends_at": "Give a time after the start, or leave this empty."}
    if starts <= now:
        return {"to_on": "This is in the past. Give a day and a time to come."}
    if abs(move.on - on) > FURTHEST_MOVE:
        return {
            "to_on": "This is more than three months away. Say that it is off, and add the new day as one of its own."
        }
    if move.ends_at is not None and _length(move.starts_at, move.ends_at) > LONGEST_SESSION:
        return {"ends_at": "It would end before it starts. Check both times."}
    if move == Move(on, schedule.starts_at or time.min, schedule.ends_at):
        return {"to_on": "That is when and where it takes place already. Change the day, a time or the place."}
    return None


def takes_place(schedule: Schedule, first: date, last: date) -> list[date]:
    """The days of its rule between two days, whatever was said about them."""
    rule = schedule.rule
    return occurrences(rule, first=first, last=last, schools=SchoolBreak.objects.year()) if rule else []


def undo(change: SessionChange, by: User | None, keeper: Keeper | None, now: datetime | None = None) -> None:
    """Take one change back; its row stays as history."""
    change.undone_at, change.undone_by, change.undone_by_keeper = now or clock.now(), by, keeper
    change.save(update_fields=["undone_at", "undone_by", "undone_by_keeper"])


def who(keeper: Keeper | None) -> dict[str, int]:
    """The keeper's number for the history, where a keeper did it."""
    return {"keeper": keeper.pk} if keeper else {}


def _say(schedule: Schedule, on: date, by: User | None, keeper: Keeper | None, **said: Any) -> SessionChange:
    if not takes_place(schedule, on, on):
        raise NoSuchSession(f"{schedule.activity.name} does not take place on {say_date(on)}.")
    said["reason"] = plain(said["reason"], limit=LONGEST_REASON)
    live = _lock(schedule, on)
    if live is not None and all(getattr(live, name) == value for name, value in said.items()):
        return live
    if live is not None:
        undo(live, by, keeper)
    change = SessionChange.objects.create(
        schedule=schedule, session_on=on, made_at=clock.now(), made_by=by, made_by_keeper=keeper, **said
    )
    work_out_sessions([schedule.pk], clock.now())
    detail: dict[str, Detail] = {"on": on.isoformat(), "schedule": schedule.pk, **who(keeper)}
    record(action=ACTIONS[said["kind"]], by=by, subject=schedule.activity, **detail)
    tell([change])
    return change


def _length(starts_at: time, ends_at: time) -> timedelta:
    """From one time to the other, on the next day where the clock shows an earlier one."""
    a_day = date(2000, 1, 1)
    length = datetime.combine(a_day, ends_at) - datetime.combine(a_day, starts_at)
    return length if length > timedelta(0) else length + timedelta(days=1)


def _lock(schedule: Schedule, on: date) -> SessionChange | None:
    """The live change of a date; the schedule's row is locked, so that two people cannot speak at once."""
    Schedule.objects.select_for_update().get(pk=schedule.pk)
    return SessionChange.objects.live().of(schedule, on).first()
