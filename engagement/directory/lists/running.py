"""The sessions of the coming days for those who run them."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from engagement.directory.lists.rows import Tag, day_title, session_tag
from engagement.directory.lists.wanted import end_of
from engagement.directory.models import ComingSession
from engagement.directory.sessions import Session


@dataclass(frozen=True)
class StaffSession:
    """One session for those who run it; `off_words` are on the button: "Not this Wednesday"."""

    coming: ComingSession
    session: Session
    said: Tag | None
    off_words: str


@dataclass(frozen=True)
class StaffDay:
    """One day of sessions to run."""

    name: str
    sessions: list[StaffSession]


def staff_days(now: datetime, *, days: int) -> list[StaffDay]:
    """Sessions that are not over, each with what was said about it; one that began yesterday stands under today."""
    today = now.date()

    def one(coming: ComingSession) -> StaffSession:
        session = coming.as_session
        off = replace(session, is_cancelled=True, reason="").change_in_words(today)
        return StaffSession(coming, session, session_tag(session, today), off)

    found = ComingSession.objects.listed().not_over(now).starting_before(end_of(today, days=days)).soonest_first()
    by_day = groupby(found, key=lambda coming: max(coming.as_session.day, today))
    return [StaffDay(day_title(day, today), [one(coming) for coming in some]) for day, some in by_day]
