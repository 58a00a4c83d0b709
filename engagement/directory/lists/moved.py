"""Sessions that were moved to another day, as they stand on the day on which people may still turn up."""

from collections.abc import Iterable
from datetime import date, datetime

from engagement.directory.listening.worth import session_of
from engagement.directory.lists.rows import CardRow, Tag, how_far, stale_note
from engagement.directory.models import SchoolBreak, SessionChange
from engagement.directory.sessions import Session
from portal.clock import at, say_day, say_times
from portal.geo.coordinates import Point

Placed = tuple[date, datetime, CardRow]


def moved_rows(changes: Iterable[SessionChange], now: datetime, *, near: Point | None = None) -> list[Placed]:
    """Each by its old day and time, as far as the rule still has it and that time is not over; needs `with_activity`."""
    found = list(changes)
    if not found:
        return []
    schools = SchoolBreak.objects.year()
    made = ((change, session_of(change, schools)) for change in found)
    rows = (_placed(change, session, now, near) for change, session in made if session)
    return [row for row in rows if row[1] > now]


def _placed(change: SessionChange, session: Session, now: datetime, near: Point | None) -> Placed:
    schedule, activity = change.schedule, change.schedule.activity
    assert schedule.starts_at is not None, "a schedule without a time has no session to move"
    starts = at(change.session_on, schedule.starts_at)
    times = say_times(schedule.starts_at, schedule.ends_at)
    to = f"Moved to {say_day(session.day, now.date())}, {session.times}"
    where = f", at {session.moved.place}" if session.moved and session.moved.place else ""
    why = f": {change.reason}" if change.reason else ""
    row = CardRow(
        title=activity.name,
        url=activity.get_absolute_url(),
        meta=" · ".join(filter(None, [times, schedule.venue.name, activity.cost])),
        distance=how_far(near, schedule.venue.point),
        tag=Tag(f"{to}{where}{why}", "cross"),
        note=stale_note(activity, now),
        point=schedule.venue.point,
    )
    return change.session_on, starts, row
