"""What a change is worth telling: the session that it is about, and whether people can still act on it."""

from datetime import datetime, timedelta

from engagement.directory.hours.school_year import SchoolYear
from engagement.directory.models import SessionChange
from engagement.directory.sessions import Session, sessions

NOTES_WITHIN = timedelta(days=7)


def session_of(change: SessionChange, schools: SchoolYear, *, is_undo: bool = False) -> Session | None:
    """The session as the change makes it or, taken back, as it usually is; None where its rule has it no more."""
    said = [] if is_undo else [change.as_change]
    day = change.session_on if is_undo or change.moved_on is None else change.moved_on
    found = sessions(change.schedule.rule, changes=said, first=day, last=day, schools=schools)
    return next((one for one in found if one.on == change.session_on), None)


def is_worth_telling(change: SessionChange, now: datetime, schools: SchoolYear, *, is_undo: bool) -> bool:
    """Nothing that is over; a note only in its last week; and no taking back of a note, which changes nobody's way."""
    session = session_of(change, schools, is_undo=is_undo)
    if session is None or session.is_over(now):
        return False
    if change.kind == SessionChange.Kind.NOTE:
        return not is_undo and session.starts - now <= NOTES_WITHIN
    return True
