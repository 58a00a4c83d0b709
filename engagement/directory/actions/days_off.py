"""Saying that an activity is off for some days or weeks, and taking all of that back at once."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction

from engagement.directory.actions.coming import work_out_sessions
from engagement.directory.actions.sessions import LONGEST_REASON, takes_place, undo
from engagement.directory.listening.telling import tell
from engagement.directory.models import Activity, Schedule, SessionChange
from portal import clock
from portal.accounts.models import User
from portal.audit.record import Detail, record
from portal.text import plain

LONGEST_OFF = timedelta(days=92)


@transaction.atomic
def cancel_between(
    *,
    activity: Activity,
    first: date,
    last: date,
    reason: str,
    by: User | None,
) -> list[SessionChange]:
    """Off from one day to another: each session of these days is called off, with one reason; people are told once.

    What is off already stays as it was said; a session that was moved, or had a note, is off now. Raises
    ValidationError, field by field, for days in the wrong order, in the past, more than three months, or without any
    session.
    """
    if refusal := _why_not(first, last, clock.now().date()):
        raise ValidationError(refusal)
    together, reason, made = uuid4(), plain(reason, limit=LONGEST_REASON), []
    has_any = False
    for schedule in list(Schedule.objects.of(activity).select_for_update().order_by("pk")):
        days = takes_place(schedule, first, last)
        has_any = has_any or bool(days)
        said = {one.session_on: one for one in SessionChange.objects.live().of_days(schedule, days)}
        for day in days:
            live = said.get(day)
            if live is not None and live.kind == SessionChange.Kind.CANCELLED:
                continue
            if live is not None:
                undo(live, by, None)
            made.append(_off(schedule, day, reason, together, by))
    if not made:
        problem = "It is off on all of these days already." if has_any else "Nothing takes place on these days."
        raise ValidationError({"first": problem})
    _work_out(made)
    detail: dict[str, Detail] = {"first": first.isoformat(), "last": last.isoformat(), "sessions": len(made)}
    record(action="directory.cancel_sessions", by=by, subject=activity, **detail)
    tell(made)
    return made


@transaction.atomic
def restore_together(*, activity: Activity, together: UUID, by: User | None) -> list[SessionChange]:
    """Take back what is left of an "off from … to …", all at once; an empty list where nothing is left."""
    list(Schedule.objects.of(activity).select_for_update().order_by("pk"))
    undone = list(SessionChange.objects.live().about(activity).said_together(together))
    for change in undone:
        undo(change, by, None)
    if undone:
        _work_out(undone)
        record(action="directory.restore_sessions", by=by, subject=activity, sessions=len(undone))
        tell(undone, is_undo=True)
    return undone


def _why_not(first: date, last: date, today: date) -> dict[str, str] | None:
    if last < first:
        return {"last": "The last day comes before the first."}
    if last < today:
        return {"last": "These days are over."}
    if last - first > LONGEST_OFF:
        return {"last": "This is longer than three months. Give its rule a last day, or take it off the lists."}
    return None


def _off(schedule: Schedule, day: date, reason: str, together: UUID, by: User | None) -> SessionChange:
    return SessionChange.objects.create(
        schedule=schedule,
        session_on=day,
        kind=SessionChange.Kind.CANCELLED,
        reason=reason,
        together=together,
        made_at=clock.now(),
        made_by=by,
    )


def _work_out(changes: Sequence[SessionChange]) -> None:
    work_out_sessions({change.schedule_id for change in changes}, clock.now())
