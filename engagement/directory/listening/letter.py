"""What a mail to a listener says: which dates, why, what instead, and when it is on next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from engagement.directory.hours.school_year import SchoolYear
from engagement.directory.listening.worth import is_worth_telling
from engagement.directory.models import Activity, SchoolBreak, SessionChange, Telling
from engagement.directory.sessions import Session
from portal.clock import at, say_date, say_times

LOOKS_AHEAD = timedelta(days=92)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One date: as it usually is, where, and, where it moved, what instead; `is_off` where it does not take place."""

    when: str
    where: str
    instead: str
    reason: str
    is_off: bool


@dataclass(frozen=True, kw_only=True)
class Letter:
    """Everything that the templates of a mail need, in words."""

    activity: Activity
    subject: str
    said: str
    lines: list[Line]
    reason: str
    next_one: str

    @classmethod
    def of(cls, telling: Telling, now: datetime) -> Self | None:
        """What is still true of it; None where by now there is nothing to tell."""
        schools, activity = SchoolBreak.objects.year(), telling.listener.activity
        found = SessionChange.objects.numbered(telling.changes).with_activity().as_it_stands(is_undo=telling.is_undo)
        told = [one for one in found if is_worth_telling(one, now, schools, is_undo=telling.is_undo)]
        if not told:
            return None
        lines = [_line(one, is_undo=telling.is_undo) for one in told]
        reasons = {line.reason for line in lines}
        return cls(
            activity=activity,
            subject=_subject(activity, told, is_undo=telling.is_undo),
            said=_said(activity, told, is_undo=telling.is_undo),
            lines=lines,
            reason=reasons.pop() if len(reasons) == 1 and not telling.is_undo else "",
            next_one=_next_one(activity, now, told, schools) if any(line.is_off for line in lines) else "",
        )


def _line(change: SessionChange, *, is_undo: bool) -> Line:
    schedule, instead = change.schedule, ""
    assert schedule.starts_at is not None, "a schedule without a time has no session to change"
    usual = f"{say_date(change.session_on)}, {say_times(schedule.starts_at, schedule.ends_at)}"
    is_moved = change.kind == SessionChange.Kind.MOVED and not is_undo
    if is_moved and change.moved_on and change.moved_starts_at:
        place = change.moved_venue or schedule.venue
        instead = f"{say_date(change.moved_on)}, {say_times(change.moved_starts_at, change.moved_ends_at)}, {place}"
    return Line(
        when=usual,
        where=str(schedule.venue),
        instead=instead,
        reason="" if is_undo else change.reason,
        is_off=change.kind == SessionChange.Kind.CANCELLED and not is_undo,
    )


def _subject(activity: Activity, told: Sequence[SessionChange], *, is_undo: bool) -> str:
    days = _days([change.session_on for change in told])
    if is_undo:
        return f"On after all {days}: {activity}"
    return {
        SessionChange.Kind.CANCELLED: f"Not on {days}: {activity}",
        SessionChange.Kind.MOVED: f"Changed {days}: {activity}",
        SessionChange.Kind.NOTE: f"About {days}: {activity}",
    }[SessionChange.Kind(told[0].kind)]


def _said(activity: Activity, told: Sequence[SessionChange], *, is_undo: bool) -> str:
    if is_undo:
        return f"{activity} is on after all, as usual:"
    if len(told) > 1:
        return f"{activity} is not on at these times:"
    return {
        SessionChange.Kind.CANCELLED: f"{activity} is not on this time:",
        SessionChange.Kind.MOVED: f"{activity} is at another time or place, this once:",
        SessionChange.Kind.NOTE: f"There is something to know about {activity}. It is on:",
    }[SessionChange.Kind(told[0].kind)]


def _days(days: Sequence[date]) -> str:
    """One day by its name, or the first and the last of several."""
    first, last = min(days), max(days)
    return say_date(first) if first == last else f"{say_date(first)} to {say_date(last)}"


def _next_one(activity: Activity, now: datetime, told: Sequence[SessionChange], schools: SchoolYear) -> str:
    """When it takes place next after the last of these dates as far as anybody knows, moved ones too; empty where there is
    none in three months.
    """
    after = max(now, *(at(one.session_on, one.schedule.starts_at) for one in told if one.schedule.starts_at))
    first, last = now.date() - timedelta(days=1), after.date() + LOOKS_AHEAD
    dated = Activity.objects.with_schedules(first, last).get(pk=activity.pk)
    coming = [
        (session, schedule.venue.name)
        for schedule in dated.live_schedules
        for session in schedule.sessions(first, last, schools)
        if not session.is_cancelled and session.starts > after
    ]
    if not coming:
        return ""
    session, usual_place = min(coming, key=lambda one: one[0].starts)
    return f"{say_date(session.day)}, {session.times}, {_place(session, usual_place)}"


def _place(session: Session, usual: str) -> str:
    return (session.moved and session.moved.place) or usual
