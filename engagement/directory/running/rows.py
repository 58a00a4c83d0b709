"""Sessions as those who run them see them: the coming week of all places, the next eight weeks of one activity, one date."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from uuid import UUID

from engagement.directory.lists.rows import Tag, day_title, session_tag
from engagement.directory.models import Activity, ComingSession, Schedule, SchoolBreak, SessionChange
from engagement.directory.sessions import Session
from portal.clock import at, say_date

EIGHT_WEEKS = timedelta(weeks=8)
A_WEEK = 7
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class SessionToRun:
    """One session for those who run it; `off_words` are on the button: "Not this Wednesday"."""

    schedule: Schedule
    session: Session
    place: str
    said: Tag | None
    off_words: str

    @property
    def activity(self) -> Activity:
        return self.schedule.activity

    @property
    def is_changed(self) -> bool:
        """Whether there is something to undo."""
        return self.session.is_cancelled or self.session.moved is not None or bool(self.session.reason)

    @property
    def key(self) -> str:
        """A name for it on the page."""
        return f"{self.schedule.pk}-{self.session.on.isoformat()}"

    @property
    def undo_words(self) -> str:
        """What the button that takes it back says."""
        if self.session.is_cancelled:
            return "Undo: it is on after all"
        return "Undo: it is as usual after all" if self.session.moved else "Take the note away"


@dataclass(frozen=True)
class DayToRun:
    """One day of sessions to run."""

    name: str
    sessions: list[SessionToRun]


@dataclass(frozen=True)
class TimeOff:
    """Dates that were called off in one go and still are."""

    together: UUID
    words: str
    reason: str
    count: int


def week(now: datetime, *, only: Iterable[int] | None = None, days: int = A_WEEK) -> list[DayToRun]:
    """What is on in the coming days, day by day; of some schedules, by number, where they are given."""
    today = now.date()
    coming = ComingSession.objects.listed().not_over(now).soonest_first()
    if only is not None:
        coming = coming.of_schedules(only)
    found = coming.starting_before(at(today + timedelta(days=days), time.min))
    by_day = groupby(found, key=lambda one: max(one.as_session.day, today))
    return [
        DayToRun(day_title(day, today), [_to_run(one.schedule, one.as_session, one.venue.name, today) for one in some])
        for day, some in by_day
    ]


def next_dates(activity: Activity, now: datetime, *, only: Iterable[int] | None = None) -> list[SessionToRun]:
    """The next eight weeks of one activity; needs `with_schedules` over them. Dates that were moved far off are among them."""
    today, schools = now.date(), SchoolBreak.objects.year()
    wanted = None if only is None else set(only)
    found = [
        _to_run(schedule, session, (session.moved and session.moved.place) or schedule.venue.name, today)
        for schedule in activity.live_schedules
        if wanted is None or schedule.pk in wanted
        for session in schedule.sessions(today - timedelta(days=1), today + EIGHT_WEEKS, schools)
        if not session.is_over(now)
    ]
    return sorted(found, key=lambda one: (one.session.starts, one.schedule.pk))


def one_date(schedule: Schedule, on: date, today: date) -> SessionToRun | None:
    """One session by the day of its rule, wherever it was moved; None where its rule has no such day."""
    change = SessionChange.objects.live().of(schedule, on).with_activity().first()
    schedule.live_changes = [change] if change else []
    really = change.moved_on if change and change.moved_on else on
    found = schedule.sessions(really, really, SchoolBreak.objects.year())
    session = next((one for one in found if one.on == on), None)
    if session is None:
        return None
    return _to_run(schedule, session, (session.moved and session.moved.place) or schedule.venue.name, today)


def times_off(activity: Activity, today: date) -> list[TimeOff]:
    """Each "off from … to …" of an activity that is not over, with what is left of it."""
    live = SessionChange.objects.live().about(activity).from_day(today).said_in_one_go()
    found = []
    for together, some in groupby(live, key=lambda change: change.together):
        dates = list(some)
        assert together is not None, "said_in_one_go leaves out the others"
        first, last = min(one.session_on for one in dates), max(one.session_on for one in dates)
        words = f"{say_date(first)} to {say_date(last)}" if first != last else say_date(first)
        found.append(TimeOff(together, words, dates[0].reason, len(dates)))
    return found


def _to_run(schedule: Schedule, session: Session, place: str, today: date) -> SessionToRun:
    off = replace(session, is_cancelled=True, reason="").change_in_words(today)
    return SessionToRun(schedule, session, place, session_tag(session, today), off)
