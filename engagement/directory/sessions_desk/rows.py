"""Sessions as those who run them see them: the coming week, the next of one place or activity, and one date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import QuerySet

from engagement.directory.lists.rows import Tag, day_title, session_tag
from engagement.directory.models import Activity, ComingSession, Schedule, SchoolBreak, SessionChange, Venue
from engagement.directory.sessions import Session
from portal.clock import at, say_date

EIGHT_WEEKS = timedelta(weeks=8)
A_WEEK = 7
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class SessionToRun:
    """One session for those who run it; `off_words` are on the button: "Not this Wednesday".

    `change` is the number of what was said about it, which an undo names.
    """

    schedule: Schedule
    session: Session
    place: str
    day: str
    said: Tag | None
    off_words: str
    change: int | None

    @property
    def activity(self) -> Activity:
        return self.schedule.activity

    @property
    def is_changed(self) -> bool:
        """Whether there is something to undo."""
        return self.change is not None

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


def this_week(now: datetime) -> QuerySet[ComingSession]:
    """What is on, or called off, in the next seven days, the soonest first."""
    coming = ComingSession.objects.listed().not_over(now).soonest_first()
    return coming.starting_before(at(now.date() + timedelta(days=A_WEEK), time.min))


def by_day(coming: Iterable[ComingSession], now: datetime) -> list[DayToRun]:
    """Some of these as rows, day by day; what began before today stands under today."""
    today = now.date()
    days = groupby(_of_coming(coming, today), key=lambda one: max(one.session.day, today))
    return [DayToRun(day_title(day, today), list(some)) for day, some in days]


def next_there(venue: Venue, now: datetime, *, most: int) -> list[SessionToRun]:
    """The next sessions whose rule is at a venue, wherever one was moved to."""
    coming = ComingSession.objects.listed().not_over(now).with_rule_at(venue).soonest_first()
    return _of_coming(coming[:most], now.date())


def next_dates(activity: Activity, now: datetime) -> list[SessionToRun]:
    """The next eight weeks of one activity; needs `with_schedules` over them. Dates that were moved far off are among them."""
    today, schools = now.date(), SchoolBreak.objects.year()
    found = [
        _to_run(schedule, session, _place(schedule, session), today, said)
        for schedule in activity.live_schedules
        for said in [{change.session_on: change.pk for change in schedule.live_changes}]
        for session in schedule.sessions(today - A_DAY, today + EIGHT_WEEKS, schools)
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
    said = {on: change.pk} if change else {}
    return _to_run(schedule, session, _place(schedule, session), today, said)


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


def _of_coming(coming: Iterable[ComingSession], today: date) -> list[SessionToRun]:
    """Two queries, however many they are."""
    some = list(coming)
    first = min((one.session_on for one in some), default=today)
    live = SessionChange.objects.live().from_day(first).of_schedules({one.schedule_id for one in some})
    said: dict[int, dict[date, int]] = {}
    for change in live:
        said.setdefault(change.schedule_id, {})[change.session_on] = change.pk
    return [_to_run(one.schedule, one.as_session, one.venue.name, today, said.get(one.schedule_id, {})) for one in some]


def _place(schedule: Schedule, session: Session) -> str:
    return (session.moved and session.moved.place) or schedule.venue.name


def _to_run(schedule: Schedule, session: Session, place: str, today: date, said: Mapping[date, int]) -> SessionToRun:
    return SessionToRun(
        schedule=schedule,
        session=session,
        place=place,
        day=day_title(session.day, today),
        said=session_tag(session, today),
        off_words=replace(session, is_cancelled=True, reason="").change_in_words(today),
        change=said.get(session.on),
    )
