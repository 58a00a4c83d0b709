"""A closed place takes what happens there with it: its sessions are called off as it closes and come back as it opens again."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby

from django.db import transaction

from engagement.directory.actions.coming import work_out_sessions
from engagement.directory.actions.sessions import undo, who
from engagement.directory.listening.telling import tell
from engagement.directory.models import HoursException, Keeper, Schedule, SchoolBreak, SessionChange
from portal.accounts.models import User
from portal.audit.record import Detail, record

REASON = "the place is closed"
_MOVE = ("moved_on", "moved_starts_at", "moved_ends_at", "moved_venue")


@transaction.atomic
def call_off_what_is_there(
    *, closed: HoursException, by: User | None, keeper: Keeper | None = None, now: datetime
) -> list[SessionChange]:
    """Call off every session at a closed place on its closed days, those moved there too; what is off stays as it was said."""
    here = Schedule.objects.at_or_moved_to(closed.venue)
    list(here.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    made = []
    for schedule, day in _there(closed, now):
        for live in SessionChange.objects.live().of(schedule, day):
            undo(live, by, keeper, now)
        made.append(
            SessionChange.objects.create(
                schedule=schedule,
                session_on=day,
                kind=SessionChange.Kind.CANCELLED,
                reason=closed.reason or REASON,
                together=closed.together,
                made_at=now,
                made_by=by,
                made_by_keeper=keeper,
            )
        )
    _settle(made, "directory.cancel_sessions", by, keeper, now)
    tell_each(made)
    return made


@transaction.atomic
def put_back_what_was_there(
    *, opened: HoursException, by: User | None, keeper: Keeper | None = None, now: datetime
) -> list[SessionChange]:
    """Take back what a closing called off, as far as nobody has spoken of it since and the place is not closed all the same.

    A session that had been moved, or had a note, is as it was then. What would be over by now stays as it is.
    """
    if opened.together is None:
        return []
    off = SessionChange.objects.live().said_together(opened.together)
    numbers = list(off.values_list("schedule", flat=True))
    list(Schedule.objects.numbered(numbers).select_for_update().order_by("pk").values_list("pk"))
    undone: list[SessionChange] = []
    again: list[SessionChange] = []
    others = list(HoursException.objects.live().at(opened.venue).in_order())
    for change in list(off.with_activity()):
        before = SessionChange.objects.given_way_to(change).first()
        day = (before and before.moved_on) or change.session_on
        if day < now.date():
            continue
        holds = next((one for one in reversed(others) if one.covers(day)), None)
        if holds is not None and holds.is_closing:
            change.together = holds.together
            change.save(update_fields=["together"])
            continue
        undo(change, by, keeper, now)
        undone.append(change)
        if before is not None:
            again.append(_said_again(before, change, by, keeper, now))
    _settle(undone, "directory.restore_sessions", by, keeper, now)
    tell_each(undone, is_undo=True)
    for one in again:
        tell([one])
    return undone


def tell_each(changes: Sequence[SessionChange], *, is_undo: bool = False) -> None:
    """Tell those who asked, once for each activity."""
    for some in _by_activity(changes):
        tell(some, is_undo=is_undo)


def _there(closed: HoursException, now: datetime) -> Iterator[tuple[Schedule, date]]:
    """Each session that would still take place at the closed place, by the day of its rule."""
    days, schools = (closed.first_on, closed.last_on), SchoolBreak.objects.year()
    for schedule in Schedule.objects.at_or_moved_to(closed.venue).timed().with_changes(*days).order_by("pk"):
        for session in schedule.sessions(*days, schools):
            where = (session.moved and session.moved.venue_pk) or schedule.venue_id
            if where == closed.venue_id and not session.is_cancelled and not session.is_over(now):
                yield schedule, session.on


def _said_again(
    before: SessionChange, off: SessionChange, by: User | None, keeper: Keeper | None, now: datetime
) -> SessionChange:
    """What held until the place closed holds once more; nobody is told of it twice who never heard that it was off."""
    return SessionChange.objects.create(
        schedule=off.schedule,
        session_on=before.session_on,
        kind=before.kind,
        reason=before.reason,
        **{name: getattr(before, name) for name in _MOVE},
        made_at=now,
        made_by=by,
        made_by_keeper=keeper,
        told_at=None if off.told_at else before.told_at,
    )


def _settle(
    changes: Sequence[SessionChange], action: str, by: User | None, keeper: Keeper | None, now: datetime
) -> None:
    """Work the coming weeks out, and write into the history of each activity."""
    work_out_sessions({change.schedule_id for change in changes}, now)
    for some in _by_activity(changes):
        days = [change.session_on for change in some]
        detail: dict[str, Detail] = {"sessions": len(some), **who(keeper)}
        record(
            action=action,
            by=by,
            subject=some[0].schedule.activity,
            first_on=min(days).isoformat(),
            last_on=max(days).isoformat(),
            **detail,
        )


def _by_activity(changes: Sequence[SessionChange]) -> Iterator[list[SessionChange]]:
    ordered = sorted(changes, key=lambda change: (change.schedule.activity_id, change.session_on, change.pk))
    for _, group in groupby(ordered, key=lambda change: change.schedule.activity_id):
        yield list(group)
