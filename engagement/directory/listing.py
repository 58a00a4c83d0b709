"""Lists of the directory as rows that the card component draws: warm spaces, and what is on day by day."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby

from engagement.directory.features import Feature, Known
from engagement.directory.hours.opening import OpenLine
from engagement.directory.hours.school_year import SchoolYear
from engagement.directory.models import ComingSession, SchoolBreak, Venue
from engagement.directory.sessions import Session
from portal.clock import at, say_date, say_day
from portal.geo.coordinates import Point, distance_metres, walking

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Tag:
    """A word with a shape."""

    label: str
    shape: str


@dataclass(frozen=True)
class CardRow:
    """One line of a list, with the names that components/card_row.html reads."""

    title: str
    url: str
    meta: str = ""
    status: OpenLine | None = None
    distance: str = ""
    tag: Tag | None = None
    point: Point | None = None

    def on(self, day: str) -> "CardRow":
        """The same row with its day in front, for a list that has no headings."""
        return replace(self, meta=f"{day}, {self.meta}")


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for: features, open now, and the point from which to measure."""

    features: tuple[Feature, ...] = ()
    is_open_now: bool = False
    takes_not_known: bool = False
    near: Point | None = None


@dataclass(frozen=True)
class Found:
    """The rows that fit, and how many more might, had they said."""

    rows: list[CardRow]
    not_known: int


@dataclass(frozen=True)
class Day:
    """One day of what is on."""

    day: date
    name: str
    rows: list[CardRow]


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


@dataclass(frozen=True)
class _Measured:
    venue: Venue
    line: OpenLine
    metres: float | None
    is_sure: bool

    @property
    def opens(self) -> float:
        """When it opens, as a number to sort by; nought where it is open or nobody knows."""
        return self.line.changes_at.timestamp() if self.line.changes_at and not self.line.is_open else 0.0

    @property
    def row(self) -> CardRow:
        return CardRow(
            title=self.venue.name,
            url=self.venue.get_absolute_url(),
            meta=" · ".join(filter(None, [self.venue.where, ", ".join(self.venue.offers)])),
            status=self.line,
            distance=walking(self.metres) if self.metres is not None else "",
            point=self.venue.point,
        )


def warm_spaces(wanted: Wanted, now: datetime, box: Box | None = None) -> Found:
    """Warm spaces that fit: nearest first where there is a point, else open ones first, then those that open soonest.

    Four queries: the venues, their exceptions, the school year, and what is called off at them.
    """
    venues = Venue.objects.listed().warm().offering(wanted.features, or_not_known=True).for_lists().by_name()
    venues, schools = venues.with_exceptions(now.date() - timedelta(days=1)), SchoolBreak.objects.year()
    if box:
        venues = venues.within(*box)
    measured = [_measure(venue, wanted, now, schools) for venue in venues]
    if wanted.is_open_now:
        measured = [one for one in measured if one.line.is_open or not one.line.is_known]
    fitting = [one for one in measured if one.is_sure or wanted.takes_not_known]
    if wanted.near:
        fitting.sort(key=lambda one: (one.metres is None, one.metres or 0.0))
    else:
        fitting.sort(key=lambda one: (not one.line.is_open, not one.line.is_known, one.opens))
    off = called_off(now)
    rows = [replace(one.row, tag=off.get(one.venue.pk)) for one in fitting]
    return Found(rows, len(measured) - len(fitting))


def nearest_now(now: datetime, centre: Point, *, limit: int, close: float = 8_000) -> list[CardRow]:
    """A few warm spaces for the first screen: close by before far off, open before shut, soon before late."""
    venues = Venue.objects.listed().warm().for_lists().with_exceptions(now.date() - timedelta(days=1)).by_name()
    schools = SchoolBreak.objects.year()
    measured = [_measure(venue, Wanted(near=centre), now, schools) for venue in venues]

    def rank(one: _Measured) -> tuple[bool, bool, bool, float]:
        return one.metres is None or one.metres > close, not one.line.is_open, not one.line.is_known, one.opens

    off = called_off(now)
    return [
        replace(one.row, meta=", ".join(one.venue.offers).capitalize(), distance="", tag=off.get(one.venue.pk))
        for one in sorted(measured, key=rank)[:limit]
    ]


def called_off(now: datetime) -> dict[int, Tag]:
    """By venue, what is off there in the coming week, so that nobody walks to a locked door."""
    off: dict[int, Tag] = {}
    for coming in ComingSession.objects.listed().cancelled().starting_before(now + timedelta(days=7)).not_over(now):
        said = coming.as_session.change_in_words(now.date())
        off.setdefault(coming.venue_id, Tag(f"{said} ({coming.schedule.activity.name})", "cross"))
    return off


def days_ahead(now: datetime, *, days: int) -> list[Day]:
    """What is on from now for some days, each day in order of time; cancelled sessions stay, and say so."""
    today = now.date()
    return [
        Day(day, day_title(day, today), [session_row(one, today) for one in some]) for day, some in _by_day(now, days)
    ]


def staff_days(now: datetime, *, days: int) -> list[StaffDay]:
    """The same for those who run the sessions: each with what was said about it."""
    today = now.date()

    def one(coming: ComingSession) -> StaffSession:
        session = coming.as_session
        off = replace(session, is_cancelled=True, reason="").change_in_words(today)
        return StaffSession(coming, session, session_tag(session, today), off)

    return [StaffDay(day_title(day, today), [one(coming) for coming in some]) for day, some in _by_day(now, days)]


def _by_day(now: datetime, days: int) -> list[tuple[date, list[ComingSession]]]:
    """Sessions that are not over, under the day on which they begin or, for one that began yesterday, under today."""
    today = now.date()
    coming = ComingSession.objects.listed().not_over(now).soonest_first()
    found = coming.starting_before(at(today + timedelta(days=days), time.min))
    return [(day, list(some)) for day, some in groupby(found, key=lambda one: max(one.as_session.day, today))]


def session_row(coming: ComingSession, today: date) -> CardRow:
    """One session under the heading of its day."""
    session, activity = coming.as_session, coming.schedule.activity
    return CardRow(
        title=activity.name,
        url=activity.get_absolute_url(),
        meta=" · ".join(filter(None, [session.times, coming.venue.name, activity.cost])),
        tag=session_tag(session, today),
    )


def session_date(session: Session, today: date) -> CardRow:
    """One date of an activity on the activity's own page."""
    return CardRow(title=f"{day_title(session.day, today)}, {session.times}", url="", tag=session_tag(session, today))


def session_tag(session: Session, today: date) -> Tag | None:
    """What was said about a session: "Not this Wednesday: boiler broken"."""
    said = session.change_in_words(today)
    return Tag(said, "cross" if session.is_cancelled else "info") if said else None


def day_title(day: date, today: date) -> str:
    """A day as a heading: "Today, Sunday 22 November"."""
    said = say_day(day, today)
    return f"{said.capitalize()}, {say_date(day)}" if said in {"today", "tomorrow"} else said


def _measure(venue: Venue, wanted: Wanted, now: datetime, schools: SchoolYear) -> _Measured:
    line = venue.open_line(now, schools)
    metres = distance_metres(wanted.near, venue.point) if wanted.near and venue.point else None
    says_yes = all(getattr(venue, feature.field) == Known.YES for feature in wanted.features)
    return _Measured(venue, line, metres, says_yes and (line.is_open or not wanted.is_open_now))
