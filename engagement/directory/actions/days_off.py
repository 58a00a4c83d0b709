"""Saying that an activity is off for some days or weeks, and taking all of that back at once."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from engagement.directory.actions.coming import work_out_sessions
from engagement.directory.actions.sessions import LONGEST_REASON, takes_place, undo, who
from engagement.directory.listening.telling import tell
from engagement.directory.models import Activity, Keeper, Schedule, SessionChange
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
    keeper: Keeper | None = None,
    schedules: Sequence[Schedule] | None = None,
) -> list[SessionChange]:
    """Off from one day to another: each session of these days is called off, with one reason; people are told once.

    Of `schedules` only, where they are given (a keeper speaks for their own venue). What is off already stays as it was
    said; a session that was moved, or had a note, is off now. Raises ValidationError, field by field, for days in the
    wrong order, in the past, more than three months, or without any session.
    """
    if refusal := _why_not(first, last, clock.now().date()):
        raise ValidationError(refusal)
    together, reason, made = uuid4(), plain(reason, limit=LONGEST_REASON), []
    wanted = None if schedules is None else [schedule.pk for schedule in schedules]
    locked = Schedule.objects.of(activity, only=wanted).select_for_update().order_by("pk")
    has_any = False
    for schedule in list(locked):
        days = takes_place(schedule, first, last)
        has_any = has_any or bool(days)
        said = {one.session_on: one for one in SessionChange.objects.live().of_days(schedule, days)}
        for day in days:
            live = said.get(day)
            if live is not None and live.kind == SessionChange.Kind.CANCELLED:
                continue
            if live is not None:
                undo(live, by, keeper)
            made.append(_off(schedule, day, reason, together, by, keeper))
    if not made:
        problem = "It is off on all of these days already." if has_any else "Nothing takes place on these days."
        raise ValidationError({"first": problem})
    _work_out(made)
    from_to = {"first": first.isoformat(), "last": last.isoformat()}
    detail: dict[str, Detail] = {**from_to, "sessions": len(made), **who(keeper)}
    record(action="directory.cancel_sessions", by=by, subject=activity, **detail)
    tell(made)
    return made


@transaction.atomic
def restore_together(
    *, activity: Activity, together: UUID, by: User | None, keeper: Keeper | None = None
) -> list[SessionChange]:
    """Take back what is left of an "off from … to …", all at once; an empty list where nothing is left."""
    list(Schedule.objects.of(activity).select_for_update().order_by("pk"))
    undone = list(SessionChange.objects.live().about(activity).said_together(together))
    for change in undone:
        undo(change, by, keeper)
    if undone:
        _work_out(undone)
        detail = {"sessions": len(undone), **who(keeper)}
        record(action="directory.restore_sessions", by=by, subject=activity, **detail)
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


def _off(
    schedule: Schedule, day: date, reason: str, together: UUID, by: User | None, keeper: Keeper | None
) -> SessionChange:
    return SessionChange.objects.create(
        schedule=schedule,
        session_on=day,
        kind=SessionChange.Kind.CANCELLED,
        reason=reason,
        together=together,
        made_at=timezone.now(),
        made_by=by,
        made_by_keeper=keeper,
    )


def _work_out(changes: Sequence[SessionChange]) -> None:
    work_out_sessions({change.schedule_id for change in changes}, clock.now())
