"""Sessions: the times an activity takes place, made from its rule and from what was changed for single dates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr

from engagement.directory.hours.holiday_dates import bank_holiday
from engagement.directory.hours.school_year import NO_SCHOOLS, SchoolYear, Season
from portal.clock import WEEKDAYS, at, say_day, say_times


@dataclass(frozen=True)
class Rule:
    """When something takes place: an RRULE without its start (empty for once), from a first day on, at a time of day."""

    recurrence: str
    starts_on: date
    starts_at: time
    ends_at: time | None = None
    season: Season = Season.ALL_YEAR
    skips_bank_holidays: bool = False

    def keeps(self, day: date, schools: SchoolYear) -> bool:
        """Whether a day of the rule stands in its part of the school year and beside bank holidays."""
        return schools.allows(self.season, day) and not (self.skips_bank_holidays and bank_holiday(day))


@dataclass(frozen=True)
class Move:
    """Another day, time or place for one session; no venue where it stays where it was."""

    on: date
    starts_at: time
    ends_at: time | None
    venue_pk: int | None = None
    place: str = ""


@dataclass(frozen=True)
class Change:
    """What was said about one date: that there is no session, that it moved, or a note about it."""

    on: date
    is_cancelled: bool
    reason: str
    moved: Move | None = None


@dataclass(frozen=True)
class Session:
    """One time that an activity takes place, or would have taken place had it not been cancelled.

    `on` is the day by the rule, which names the session whatever happens to it; `starts` and `ends` are where a move put
    them, and `moved` says so.
    """

    on: date
    starts: datetime
    ends: datetime | None
    is_cancelled: bool = False
    reason: str = ""
    moved: Move | None = None

    @property
    def day(self) -> date:
        """The day on which it really takes place."""
        return self.starts.date()

    @property
    def times(self) -> str:
        return say_times(self.starts, self.ends)

    @property
    def over_at(self) -> datetime:
        """Its end; one without an end is over when its day is."""
        return self.ends or at(self.day + timedelta(days=1), time.min)

    def is_over(self, now: datetime) -> bool:
        return self.over_at <= now

    def change_in_words(self, today: date) -> str:
        """What changed: "Not this Wednesday: boiler broken", "Moved from Wednesday 25 November", the note, or nothing."""
        said = _what_changed(self, today)
        return f"{said}: {self.reason}" if said and self.reason else said or self.reason


def parts_of(recurrence: str) -> dict[str, str]:
    """The parts of an RRULE by their names; none of one that is empty."""
    return dict(part.split("=") for part in recurrence.split(";") if part)


def occurrences(rule: Rule, *, first: date, last: date, schools: SchoolYear = NO_SCHOOLS) -> list[date]:
    """The dates from `first` to `last` on which a rule falls.

    Its RRULE is one that `recurrence.why_not` lets through; ValueError for one that cannot be followed at all.
    """
    return [day for day in _by_rule(rule, first, last) if rule.keeps(day, schools)]


def sessions(
    rule: Rule | None, *, changes: Iterable[Change], first: date, last: date, schools: SchoolYear = NO_SCHOOLS
) -> list[Session]:
    """The sessions that take place from `first` to `last` in order, cancelled ones with their reason; none without a rule.

    A session moved into these days is among them, and one moved out of them is not.
    """
    if rule is None:
        return []
    changed = {change.on: change for change in changes}
    days = {*occurrences(rule, first=first, last=last, schools=schools), *(_still_on(rule, changed, schools))}
    made = [_session(rule, day, changed.get(day)) for day in days]
    return sorted((one for one in made if first <= one.day <= last), key=lambda one: (one.starts, one.on))


def _still_on(rule: Rule, changed: Mapping[date, Change], schools: SchoolYear) -> list[date]:
    """Days of sessions that were moved, as far as the rule still has them."""
    return [
        day
        for day, change in changed.items()
        if change.moved and occurrences(rule, first=day, last=day, schools=schools)
    ]


def _session(rule: Rule, day: date, change: Change | None) -> Session:
    move = change.moved if change else None
    real = move or Move(day, rule.starts_at, rule.ends_at)
    return Session(
        on=day,
        starts=at(real.on, real.starts_at),
        ends=_end(real.on, real.starts_at, real.ends_at),
        is_cancelled=change is not None and change.is_cancelled,
        reason=change.reason if change else "",
        moved=move,
    )


def _what_changed(session: Session, today: date) -> str:
    if session.is_cancelled:
        return f"Not {_this(session.day, today)}"
    if session.moved is None:
        return ""
    moved = [f"at {session.moved.place}"] if session.moved.place else []
    if session.day != session.on:
        moved.append(f"moved from {say_day(session.on, today)}")
    said = ", ".join(moved) or "at another time"
    return f"{said[0].upper()}{said[1:]}"


def _this(day: date, today: date) -> str:
    when = say_day(day, today)
    if when in {"today", "tomorrow"}:
        return when
    is_near = 0 <= (day - today).days < 7
    return f"this {WEEKDAYS[day.weekday()]}" if is_near else f"on {when}"


def _by_rule(rule: Rule, first: date, last: date) -> list[date]:
    if not rule.recurrence:
        return [rule.starts_on] if first <= rule.starts_on <= last else []
    parts = parts_of(rule.recurrence)
    start = max(rule.starts_on, first) if _each_stands_alone(parts) else rule.starts_on
    # An end of our own: without one, a rule that never falls is followed to the year 9999.
    parts["UNTIL"] = min(parts.get("UNTIL", f"{last:%Y%m%d}"), f"{last:%Y%m%d}")
    bounded = ";".join(f"{name}={value}" for name, value in parts.items())
    found = rrulestr(bounded, dtstart=datetime.combine(start, time.min))
    return [day for moment in found if (day := moment.date()) >= first]


def _end(day: date, starts_at: time, ends_at: time | None) -> datetime | None:
    """The end, which is on the next day when the clock says an earlier time than at the start."""
    if ends_at is None:
        return None
    return at(day if ends_at > starts_at else day + timedelta(days=1), ends_at)


def _each_stands_alone(parts: Mapping[str, str]) -> bool:
    """Whether a date can be found without counting from the first one, so that an old activity costs no more."""
    return parts.get("INTERVAL", "1") == "1" and "BYDAY" in parts
