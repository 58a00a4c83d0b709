"""Three readers of a calendar: the page, `recurring_ical_events`, and the standard followed by hand on what `icalendar` reads."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import recurring_ical_events
from dateutil.rrule import rrulestr
from icalendar import Calendar

from engagement.directory.feeds.calendar import calendar, events
from engagement.directory.feeds.series import calendar_years
from engagement.directory.hours.school_year import NO_SCHOOLS, SchoolYear
from engagement.directory.models import Schedule
from portal.clock import LONDON

TODAY = date(2026, 11, 25)
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
Told = tuple[datetime, datetime, bool, str]


def written(*schedules: Schedule, schools: SchoolYear = NO_SCHOOLS) -> bytes:
    years = calendar_years(TODAY)
    made = [
        event.to_ical() for one in schedules for event in events(one, first=years[0], last=years[1], schools=schools)
    ]
    return b"".join(calendar("What’s on", "http://localhost/whats-on/", made))


def read_again(schedule: Schedule) -> Schedule:
    return Schedule.objects.for_calendars().get(pk=schedule.pk)


def ours(schedule: Schedule, schools: SchoolYear = NO_SCHOOLS) -> list[Told]:
    """What the page says."""
    venues = {change.moved_venue_id: change.moved_venue for change in schedule.live_changes if change.moved_venue}
    told = []
    for session in schedule.sessions(FIRST, LAST, schools):
        venue = venues.get(session.moved.venue_pk if session.moved else None) or schedule.venue
        told.append(_told(session.starts, session.ends or session.starts, session.is_cancelled, venue.name))
    return sorted(told)


def by_recurring_ical_events(content: bytes) -> list[Told]:
    found = recurring_ical_events.of(Calendar.from_ical(content)).between(FIRST, LAST + timedelta(days=1))
    return sorted(_event_told(event, event["DTSTART"].dt, _end(event)) for event in found if _is_within(event))


def by_icalendar(content: bytes) -> list[Told]:
    """What the parts of the calendar say when its own rules are followed with nothing but the standard."""
    parts: list[Any] = list(Calendar.from_ical(content).walk("VEVENT"))
    apart = {(str(part["UID"]), _utc(part["RECURRENCE-ID"].dt)) for part in parts if "RECURRENCE-ID" in part}
    told = []
    for part in parts:
        for starts in _starts(part):
            if "RRULE" in part and (str(part["UID"]), _utc(starts)) in apart:
                continue
            told.append(_event_told(part, starts, _utc(starts) + _length(part)))
    return sorted(one for one in told if FIRST <= one[0].astimezone(LONDON).date() <= LAST)


def _starts(part: Any) -> Iterator[datetime]:
    begins = part["DTSTART"].dt
    if "RRULE" not in part:
        yield begins
        return
    skipped = part.get("EXDATE", [])
    without = {day.dt for some in (skipped if isinstance(skipped, list) else [skipped]) for day in some.dts}
    rule = part["RRULE"].to_ical().decode()
    for moment in rrulestr(rule, dtstart=begins):
        if moment.date() > LAST:
            return
        if moment not in without:
            yield moment


def _length(part: Any) -> timedelta:
    if "DURATION" in part:
        return timedelta(seconds=part["DURATION"].dt.total_seconds())
    return _utc(_end(part)) - _utc(part["DTSTART"].dt)


def _end(part: Any) -> datetime:
    ends: datetime = part["DTEND"].dt if "DTEND" in part else part["DTSTART"].dt
    return ends


def _is_within(part: Any) -> bool:
    return FIRST <= part["DTSTART"].dt.astimezone(LONDON).date() <= LAST


def _event_told(part: Any, starts: datetime, ends: datetime) -> Told:
    return _told(starts, ends, str(part["STATUS"]) == "CANCELLED", str(part["LOCATION"]).split(",")[0])


def _told(starts: datetime, ends: datetime, is_off: bool, place: str) -> Told:
    return _utc(starts), _utc(ends), is_off, place


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def agree(schedule: Schedule, schools: SchoolYear = NO_SCHOOLS) -> list[Told]:
    content = written(schedule, schools=schools)
    told = ours(schedule, schools)
    assert by_icalendar(content) == told
    assert by_recurring_ical_events(content) == told
    return told
