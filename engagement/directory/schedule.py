"""Sessions: the times an activity takes place, made from its rule and from what was changed for single dates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr

from portal.clock import WEEKDAYS, at, say_day, say_times


@dataclass(frozen=True)
class Change:
    """What was said about one date: that there is no session, or a note about it."""

    on: date
    is_cancelled: bool
    reason: str


@dataclass(frozen=True)
class Session:
    """One time that an activity takes place, or would have taken place had it not been cancelled."""

    on: date
    starts: datetime
    ends: datetime | None
    is_cancelled: bool = False
    reason: str = ""

    @property
    def times(self) -> str:
        return say_times(self.starts, self.ends)

    def is_over(self, now: datetime) -> bool:
        """Whether it has ended; one without an end is over when its day is."""
        return self.ends <= now if self.ends else self.on < now.date()

    def change_in_words(self, today: date) -> str:
        """What changed: "Not this Wednesday: boiler broken", the note itself, or nothing."""
        if not self.is_cancelled:
            return self.reason
        when = say_day(self.on, today)
        if when not in {"today", "tomorrow"}:
            is_near = 0 <= (self.on - today).days < 7
            when = f"this {WEEKDAYS[self.on.weekday()]}" if is_near else f"on {when}"
        return f"Not {when}: {self.reason}" if self.reason else f"Not {when}"


def occurrences(*, rule: str, starts_on: date, first: date, last: date) -> list[date]:
    """The dates from `first` to `last` on which a rule falls; without a rule, the one day `starts_on`.

    `rule` is one that `recurrence.why_not` lets through; ValueError for one that cannot be followed at all.
    """
    if not rule:
        return [starts_on] if first <= starts_on <= last else []
    parts = dict(part.split("=") for part in rule.split(";"))
    start = max(starts_on, first) if _each_stands_alone(parts) else starts_on
    # An end of our own: without one, a rule that never falls is followed to the year 9999.
    parts["UNTIL"] = min(parts.get("UNTIL", f"{last:%Y%m%d}"), f"{last:%Y%m%d}")
    bounded = ";".join(f"{name}={value}" for name, value in parts.items())
    found = rrulestr(bounded, dtstart=datetime.combine(start, time.min))
    return [day for moment in found if (day := moment.date()) >= first]


def sessions(
    *,
    rule: str,
    starts_on: date | None,
    starts_at: time | None,
    ends_at: time | None,
    changes: Iterable[Change],
    first: date,
    last: date,
) -> list[Session]:
    """The sessions from `first` to `last` in order, cancelled ones with their reason; none where no time is known."""
    if starts_on is None or starts_at is None:
        return []
    changed = {change.on: change for change in changes}
    made = []
    for day in occurrences(rule=rule, starts_on=starts_on, first=first, last=last):
        change = changed.get(day)
        made.append(
            Session(
                on=day,
                starts=at(day, starts_at),
                ends=_end(day, starts_at, ends_at),
                is_cancelled=change is not None and change.is_cancelled,
                reason=change.reason if change else "",
            )
        )
    return made


def _end(day: date, starts_at: time, ends_at: time | None) -> datetime | None:
    """The end, which is on the next day when the clock says an earlier time than at the start."""
    if ends_at is None:
        return None
    return at(day if ends_at > starts_at else day + timedelta(days=1), ends_at)


def _each_stands_alone(parts: Mapping[str, str]) -> bool:
    """Whether a date can be found without counting from the first one, so that an old activity costs no more."""
    return parts.get("INTERVAL", "1") == "1" and "BYDAY" in parts
