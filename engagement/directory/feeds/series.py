"""A rule as calendars write it: an RRULE that says the same, the days left out, and the dates that differ."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from engagement.directory.hours.school_year import SchoolYear, Season
from engagement.directory.recurrence import FOUR_YEARS
from engagement.directory.sessions import Change, Rule, Session, occurrences, parts_of, sessions
from portal.clock import at

A_DAY = timedelta(days=1)
# Most rules fall within two months of any day; only those that do not are followed further.
SOON = timedelta(days=62)
LAST_YEAR = 9000  # clocks of computers end in 9999


@dataclass(frozen=True)
class Series:
    """The sessions of one rule from a first one on.

    `begins` is the first day, `length` how long each takes by the clock on the wall (None where nobody said), `rrule` is
    empty for something that happens once, `without` are days of the RRULE with no session, and `apart` sessions of which
    time, place or words are their own; for something that happens once that may be the only one.
    """

    begins: date
    starts_at: time
    length: timedelta | None
    rrule: str
    without: tuple[date, ...]
    apart: tuple[Session, ...]


def calendar_years(today: date) -> tuple[date, date]:
    """The days that a calendar covers: last year, this year and the next, so that it changes with the data and not daily."""
    return date(today.year - 1, 1, 1), date(today.year + 1, 12, 31)


def series(
    rule: Rule | None, *, changes: Iterable[Change], first: date, last: date, schools: SchoolYear
) -> Series | None:
    """A rule from `first` on; None where nothing takes place.

    A rule that skips bank holidays, or keeps to the school year, is written up to `last` or a year after it begins, as far
    as those days are known; any other goes on as it is kept.
    """
    begins = _begins(rule, first, schools) if rule else None
    if rule is None or begins is None:
        return None
    changed = {change.on: change for change in changes}
    if not rule.recurrence:
        return Series(begins, rule.starts_at, _length(rule), "", (), _apart(rule, [begins], changed, schools))
    last = _known_until(rule, max(last, date(begins.year + 1, 12, 31)), schools)
    is_bounded = _skips(rule)
    without: tuple[date, ...] = ()
    if is_bounded:
        always = replace(rule, season=Season.ALL_YEAR, skips_bank_holidays=False)
        days_of_rule = occurrences(always, first=begins, last=last)
        without = tuple(day for day in days_of_rule if not rule.keeps(day, schools))
    said = [day for day in sorted(changed) if begins <= day and (day <= last or not is_bounded)]
    odd = _odd_nights(rule, begins, last, schools)
    days = sorted({*said, *odd})
    rrule = _written(rule, last if is_bounded else None)
    return Series(begins, rule.starts_at, _length(rule), rrule, without, _apart(rule, days, changed, schools))


def one_session(rule: Rule | None, on: date, change: Change | None, schools: SchoolYear) -> Session | None:
    """The session that its rule has on a day, where and when it really takes place; None where there is none."""
    moved = change.moved.on if change and change.moved else on
    first, last = min(on, moved), max(on, moved)
    found = sessions(rule, changes=[change] if change else [], first=first, last=last, schools=schools)
    return next((session for session in found if session.on == on), None)


def _begins(rule: Rule, first: date, schools: SchoolYear) -> date | None:
    """The first day on which it takes place; one that counts in weeks or months may begin at any of its days."""
    start = max(first, rule.starts_on)
    if start.year > LAST_YEAR:
        return None
    if not rule.recurrence:
        start = rule.starts_on
    for reach in (SOON, FOUR_YEARS):
        if found := occurrences(rule, first=start, last=start + reach, schools=schools):
            return found[0] if rule.recurrence or found[0] >= first else None
    return None


def _skips(rule: Rule) -> bool:
    return rule.skips_bank_holidays or rule.season is not Season.ALL_YEAR


def _known_until(rule: Rule, last: date, schools: SchoolYear) -> date:
    if rule.season is Season.SCHOOL_HOLIDAYS and schools.known_until:
        return min(last, schools.known_until)
    return last


def _apart(
    rule: Rule, days: Iterable[date], changed: Mapping[date, Change], schools: SchoolYear
) -> tuple[Session, ...]:
    found = (one_session(rule, day, changed.get(day), schools) for day in days)
    return tuple(session for session in found if session)


def _length(rule: Rule) -> timedelta | None:
    if rule.ends_at is None:
        return None
    day = date(2000, 1, 1)
    ends_on = day if rule.ends_at > rule.starts_at else day + A_DAY
    return datetime.combine(ends_on, rule.ends_at) - datetime.combine(day, rule.starts_at)


def _odd_nights(rule: Rule, begins: date, last: date, schools: SchoolYear) -> list[date]:
    """Days on which a clock change makes a session that lasts past one in the night longer, shorter or later."""
    is_late = rule.starts_at < time(2) or (rule.ends_at is not None and rule.ends_at <= rule.starts_at)
    if not is_late:
        return []
    days = [day for day in occurrences(rule, first=begins, last=last, schools=schools) if _changes_clocks(day)]
    return [day for day in days if _is_odd(one_session(rule, day, None, schools), rule.starts_at, _length(rule))]


def _is_odd(session: Session | None, starts_at: time, length: timedelta | None) -> bool:
    """Whether a session begins at another time than its rule, or takes more or less time than the clock on the wall says."""
    if session is None:
        return False
    if session.starts.time() != starts_at:
        return True
    return session.ends is not None and session.ends.astimezone(UTC) - session.starts.astimezone(UTC) != length


def _changes_clocks(day: date) -> bool:
    return at(day, time.min).utcoffset() != at(day + 2 * A_DAY, time.min).utcoffset()


def _written(rule: Rule, last: date | None) -> str:
    """The RRULE with its end as a moment, which is how it has to stand beside a start that has a time zone."""
    parts = parts_of(rule.recurrence)
    ends = [f"{last:%Y%m%d}"] if last else []
    ends += [parts["UNTIL"]] if "UNTIL" in parts else []
    if ends:
        day = datetime.strptime(min(ends), "%Y%m%d").date()
        parts["UNTIL"] = f"{at(day, time(23, 59, 59)).astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return ";".join(f"{name}={value}" for name, value in parts.items())
