"""What the page of a venue and the page of an activity show, worked out for one moment."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from django.urls import reverse

from engagement.directory.features import FEATURES, Known
from engagement.directory.hours import read_text
from engagement.directory.hours.row_values import from_value
from engagement.directory.hours.school_year import SchoolYear
from engagement.directory.lists.rows import Tag, day_title, session_tag
from engagement.directory.models import Activity, ComingSession, HoursException, Schedule, Venue
from engagement.directory.sessions import Session
from portal.clock import say_date, say_times

NEXT_DATES = 6
NEXT_AT_A_VENUE = 3
THE_BUILDING = ("step_free", "toilets", "wifi")
A_YEAR = timedelta(days=366)
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class DateRow:
    """One date of something: when, where that is not plain, what was said about it, and how to keep it (on its own page)."""

    title: str
    place: str
    tag: Tag | None
    keep_url: str
    is_off: bool


@dataclass(frozen=True)
class Happening:
    """Something that happens at a venue: by which rule there, and its next dates."""

    title: str
    url: str
    words: str
    cost: str
    dates: list[DateRow]


@dataclass(frozen=True)
class DaysOff:
    """Days after this week on which a place is not as usual: "Thursday 24 December to Saturday 2 January", "closed"."""

    days: str
    words: str


def next_dates(activity: Activity, now: datetime, schools: SchoolYear) -> list[DateRow]:
    """The next dates of an activity, of all its schedules together; needs `with_schedules` over the coming year."""
    coming = [
        (session, schedule)
        for schedule in activity.live_schedules
        for session in schedule.next_sessions(now, schools, count=NEXT_DATES, within=A_YEAR)
    ]
    coming.sort(key=lambda one: (one[0].starts, one[1].position))
    has_several = len(activity.venues) > 1
    return [
        _date_row(session, schedule, now.date(), schedule.venue.name if has_several else "")
        for session, schedule in coming[:NEXT_DATES]
    ]


def happenings(venue: Venue, now: datetime) -> list[Happening]:
    """What happens at a venue, by name, each with its next dates there; what was moved away or to it is among them."""
    rules = Schedule.objects.listed().at(venue).select_related("activity").by_name()
    words = {activity: list(some) for activity, some in groupby(rules, key=lambda one: one.activity)}
    dates: dict[Activity, list[ComingSession]] = {activity: [] for activity in words}
    for coming in ComingSession.objects.listed().at_or_from(venue).not_over(now).soonest_first():
        dates.setdefault(coming.schedule.activity, []).append(coming)
    return [
        Happening(
            title=activity.name,
            url=activity.get_absolute_url(),
            words="; ".join(dict.fromkeys(one.schedule_in_words for one in words.get(activity, []))),
            cost=activity.cost,
            dates=[_coming_row(one, venue, now.date()) for one in some[:NEXT_AT_A_VENUE]],
        )
        for activity, some in sorted(dates.items(), key=lambda one: one[0].name)
    ]


def days_off(exceptions: Iterable[HoursException], today: date) -> list[DaysOff]:
    """What was said about days that the table of the coming week does not reach, soonest first."""
    later = sorted((one for one in exceptions if one.last_on >= today + A_WEEK), key=lambda one: one.first_on)
    return [DaysOff(_days(one), _hours(one)) for one in later]


def own_words(venue: Venue) -> str:
    """What a venue wrote about its hours; nothing where that only says the hours again."""
    said, kept = (from_value(value or "") for value in (read_text(venue.hours_text), venue.opening_hours))
    return "" if said and kept and said.rows == kept.rows else venue.hours_text


def building(venue: Venue) -> list[tuple[str, str]]:
    """What somebody has to know of the door and the rooms before they set off: yes, no or not known."""
    return [(one.label, str(Known(getattr(venue, one.field)).label)) for one in FEATURES if one.field in THE_BUILDING]


def _days(said: HoursException) -> str:
    if said.first_on == said.last_on:
        return say_date(said.first_on)
    return f"{say_date(said.first_on)} to {say_date(said.last_on)}"


def _hours(said: HoursException) -> str:
    words = say_times(said.opens_at, said.closes_at) if said.opens_at else "closed"
    return f"{words}: {said.reason}" if said.reason else words


def _coming_row(coming: ComingSession, venue: Venue, today: date) -> DateRow:
    """A date on the page of a venue; of one that came from another venue it says which."""
    session = coming.as_session
    is_here = coming.venue_id == venue.pk
    row = replace(_date_row(session, coming.schedule, today, ""), keep_url="")
    if is_here and coming.schedule.venue_id != venue.pk and not coming.reason:
        return replace(row, tag=Tag("Here this time", "info"))
    return row


def _date_row(session: Session, schedule: Schedule, today: date, place: str) -> DateRow:
    moved = session.moved.place if session.moved else ""
    return DateRow(
        title=f"{day_title(session.day, today)}, {session.times}",
        place=moved or place,
        tag=session_tag(session, today),
        keep_url=reverse("session_calendar", args=[schedule.activity.slug, schedule.public_id, session.on.isoformat()]),
        is_off=session.is_cancelled,
    )
