"""Writes calendars (iCalendar, RFC 5545): the same data is the same bytes, and a date that is off stays and says so."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, Timezone, vRecur

from engagement.directory.feeds.series import Series, one_session, series
from engagement.directory.hours.school_year import SchoolYear
from engagement.directory.models import Activity, Schedule, Venue
from engagement.directory.sessions import Change, Session
from portal.clock import LONDON
from portal.emails.links import absolute

PRODUCT = "-//Together//What is on//EN"
ASK_AGAIN = timedelta(hours=1)
# A day no session is near, so that the words of a change name its date in full and are the same every day.
NO_DAY = date(1900, 1, 1)
LONGEST_DESCRIPTION = 400
LONDON_CLOCKS = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19810329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""
_CLOSING = b"END:VCALENDAR\r\n"


def calendar(name: str, address: str, events: Iterable[bytes]) -> Iterator[bytes]:
    """A calendar piece by piece, so that one of thousands of events never stands in memory twice."""
    whole = Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", "PUBLISH")
    whole.add("name", name)
    whole.add("x-wr-calname", name)
    whole.add("x-wr-timezone", "Europe/London")
    whole.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    whole.add("x-published-ttl", "PT1H")
    whole.add("url", address)
    whole.add_component(Timezone.from_ical(LONDON_CLOCKS))
    yield whole.to_ical().removesuffix(_CLOSING)
    yield from events
    yield _CLOSING


def events(schedule: Schedule, *, first: date, last: date, schools: SchoolYear) -> Iterator[Event]:
    """A schedule as its series and each date that differs; needs `for_calendars`."""
    changes = [change.as_change for change in schedule.live_changes]
    found = series(schedule.rule, changes=changes, first=first, last=last, schools=schools)
    if found is None:
        return
    if not found.rrule:
        yield _event(schedule, found.apart[0], _uid(schedule))
        return
    yield _series_event(schedule, found)
    for session in found.apart:
        event = _event(schedule, session, _uid(schedule))
        event.add("recurrence-id", _wall(session.on, found.starts_at))
        yield event


def single_event(schedule: Schedule, on: date, schools: SchoolYear) -> Event | None:
    """One date of a schedule, to keep without the others; needs `for_calendars`. None where nothing is on that day."""
    change = next((change.as_change for change in schedule.live_changes if change.session_on == on), None)
    return _single(schedule, on, change, schools)


def event_moved_to(schedule: Schedule, on: date, venue: Venue, schools: SchoolYear) -> Event | None:
    """One date as the calendar of the venue has it to which it was moved; needs `for_calendars`.

    One that was called off there afterwards stays, and says so. None for a date that is elsewhere, or as usual, by now.
    """
    said = [change for change in schedule.all_changes if change.session_on == on]
    live = next((change for change in said if change.undone_at is None), None)
    if live is None:
        return None
    last = max((one for one in said if one.kind != one.Kind.CANCELLED), key=lambda one: one.pk, default=None)
    if last is None or last.moved_venue_id != venue.pk:
        return None
    is_off = live.kind == live.Kind.CANCELLED
    change = replace(last.as_change, is_cancelled=is_off, reason=live.reason)
    return _single(schedule, on, change, schools)


def changed_at(schedule: Schedule) -> datetime:
    """When anything that its calendar tells was last changed; needs `for_calendars`."""
    said = [moment for change in schedule.all_changes for moment in (change.made_at, change.undone_at) if moment]
    return max(schedule.updated_at, schedule.activity.updated_at, schedule.venue.updated_at, *said).astimezone(UTC)


def sequence(schedule: Schedule) -> int:
    """How often it was changed, which never goes down: saying something about a date counts, and so does taking it back."""
    return schedule.sequence + sum(1 + (change.undone_at is not None) for change in schedule.all_changes)


def _single(schedule: Schedule, on: date, change: Change | None, schools: SchoolYear) -> Event | None:
    session = one_session(schedule.rule, on, change, schools)
    return _event(schedule, session, f"{schedule.public_id}-{on:%Y%m%d}@{_host()}") if session else None


def _series_event(schedule: Schedule, found: Series) -> Event:
    event = _named(schedule, _uid(schedule), schedule.venue)
    begins = _wall(found.begins, found.starts_at)
    event.add("dtstart", begins)
    if found.length is not None:
        ends = begins + found.length
        # An end on the night of a clock change would make every other session too long or too short.
        is_odd_night = ends.astimezone(UTC) - begins.astimezone(UTC) != found.length
        event.add(*(("duration", found.length) if is_odd_night else ("dtend", ends)))
    event.add("rrule", vRecur.from_ical(found.rrule))
    if found.without:
        event.add("exdate", [_wall(day, found.starts_at) for day in found.without])
    event.add("summary", schedule.activity.name)
    event.add("status", "CONFIRMED")
    event.add("description", "\n".join(_facts(schedule.activity, schedule.venue)))
    return event


def _event(schedule: Schedule, session: Session, uid: str) -> Event:
    """One session as it really takes place, or does not."""
    event = _named(schedule, uid, _place(schedule, session))
    event.add("dtstart", session.starts)
    if session.ends:
        event.add("dtend", session.ends)
    name = schedule.activity.name
    event.add("summary", f"Not on: {name}" if session.is_cancelled else name)
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    said = session.change_in_words(NO_DAY)
    facts = _facts(schedule.activity, _place(schedule, session))
    event.add("description", "\n".join([f"{said}.", *facts] if said else facts))
    return event


def _named(schedule: Schedule, uid: str, venue: Venue) -> Event:
    changed, event = changed_at(schedule), Event()
    event.add("uid", uid)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", sequence(schedule))
    event.add("transp", "TRANSPARENT")
    event.add("url", absolute(schedule.activity.get_absolute_url()))
    event.add("location", ", ".join(filter(None, [venue.name, venue.street, venue.postcode])))
    if venue.point:
        event.add("geo", (venue.point.latitude, venue.point.longitude))
    if schedule.activity.theme:
        event.add("categories", [schedule.activity.get_theme_display()])
    return event


def _place(schedule: Schedule, session: Session) -> Venue:
    if session.moved is None or session.moved.venue_pk is None:
        return schedule.venue
    there = (one.moved_venue for one in schedule.all_changes if one.moved_venue_id == session.moved.venue_pk)
    return next((venue for venue in there if venue), schedule.venue)


def _facts(activity: Activity, venue: Venue) -> list[str]:
    phone = activity.phone or venue.phone
    known = activity.how_to_come != Activity.HowToCome.NOT_KNOWN
    told = [
        activity.description[:LONGEST_DESCRIPTION].strip(),
        f"What it costs: {activity.cost}" if activity.cost else "",
        f"Who it is for: {activity.who_for}" if activity.who_for else "",
        f"How to come: {activity.get_how_to_come_display()}" if known else "",
        f"Ring {phone}" if phone else "",
        absolute(activity.get_absolute_url()),
    ]
    return [line for line in told if line]


def _uid(schedule: Schedule) -> str:
    return f"{schedule.public_id}@{_host()}"


def _host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def _wall(day: date, hour: time) -> datetime:
    """What the clock on the wall shows, as a calendar counts: on a day whose clocks skip it, still that hour."""
    return datetime.combine(day, hour, tzinfo=LONDON)
