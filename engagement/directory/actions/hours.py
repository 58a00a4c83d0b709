"""Saying that a place is closed or open at other times on some days, taking that back, and keeping the school year."""

from datetime import date, time
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from engagement.directory.actions.closures import call_off_what_is_there, put_back_what_was_there
from engagement.directory.actions.coming import work_out_openings, work_out_sessions
from engagement.directory.actions.sessions import who
from engagement.directory.models import HoursException, Keeper, Schedule, SchoolBreak, Venue
from portal import clock
from portal.accounts.models import User
from portal.audit.record import Detail, record
from portal.text import plain

LONGEST_REASON = 160


@transaction.atomic
def change_hours_on(
    *,
    venue: Venue,
    first_on: date,
    last_on: date,
    opens_at: time | None = None,
    closes_at: time | None = None,
    reason: str,
    by: User | None,
    keeper: Keeper | None = None,
) -> HoursException:
    """Some days are not as usual: closed without times, else open from one to the other. Every page says so at once.

    A place that closes takes what happens there with it: its sessions are called off in the same deed.

    Saying the same twice says it once. Raises ValidationError, field by field, for days that are over, and for days or
    times that make no sense.
    """
    now = clock.now()
    if first_on <= last_on < now.date():
        raise ValidationError({"last_on": "These days are over. Give days to come."})
    said = HoursException(
        venue=venue,
        first_on=first_on,
        last_on=last_on,
        opens_at=opens_at,
        closes_at=closes_at,
        reason=plain(reason, limit=LONGEST_REASON),
        together=uuid4() if opens_at is None else None,
        made_at=now,
        made_by=by,
        made_by_keeper=keeper,
    )
    said.full_clean(exclude=["venue", "made_by", "made_by_keeper"])
    # Not a lock on its key: whoever speaks of a session there holds its schedule and needs the venue's key.
    Venue.objects.select_for_update(no_key=True).get(pk=venue.pk)
    if there := HoursException.objects.live().saying_the_same(said).first():
        return there
    said.save()
    work_out_openings([venue.pk], now)
    off = call_off_what_is_there(closed=said, by=by, keeper=keeper, now=now) if said.is_closing else []
    record(
        action="directory.change_hours_on",
        by=by,
        subject=venue,
        first_on=first_on.isoformat(),
        last_on=last_on.isoformat(),
        is_closed=said.is_closing,
        sessions=len(off),
        **who(keeper),
    )
    return said


@transaction.atomic
def restore_hours(*, exception: HoursException, by: User | None, keeper: Keeper | None = None) -> bool:
    """Take back what was said: these days are as usual, and the sessions that were called off with it are on again.

    False where somebody had taken it back already.
    """
    now = clock.now()
    live = HoursException.objects.live().numbered(exception.pk)
    undone = live.update(undone_at=now, undone_by=by, undone_by_keeper=keeper)
    if not undone:
        return False
    work_out_openings([exception.venue_id], now)
    put_back_what_was_there(opened=exception, by=by, keeper=keeper, now=now)
    detail: dict[str, Detail] = {"first_on": exception.first_on.isoformat(), **who(keeper)}
    record(action="directory.restore_hours", by=by, subject=exception.venue, **detail)
    return True


@transaction.atomic
def keep_school_break(*, school_break: SchoolBreak, by: User | None) -> SchoolBreak:
    """Write a school holiday down, or put one right; whatever keeps to the school year is worked out afresh."""
    school_break.full_clean()
    school_break.save()
    record(action="directory.keep_school_break", by=by, subject=school_break)
    _work_out_what_asks()
    return school_break


@transaction.atomic
def remove_school_break(*, school_break: SchoolBreak, by: User | None) -> None:
    """Take a school holiday out again."""
    record(action="directory.remove_school_break", by=by, subject=school_break)
    school_break.delete()
    _work_out_what_asks()


def _work_out_what_asks() -> None:
    """The coming weeks of all that keeps to the school year; calendars are told that its dates have changed."""
    now, asking = clock.now(), Schedule.objects.asking_schools()
    work_out_openings(Venue.objects.asking_schools().values_list("pk", flat=True), now)
    work_out_sessions(asking.values_list("pk", flat=True), now)
    asking.update(sequence=F("sequence") + 1)
