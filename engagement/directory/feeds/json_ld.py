"""Tells search engines what is open when and what takes place when, in the words of schema.org."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from engagement.directory.features import FEATURES, Known
from engagement.directory.feeds.series import series
from engagement.directory.hours.opening import A_DAY, UNREADABLE, Hours, Span, spans
from engagement.directory.hours.school_year import SchoolYear
from engagement.directory.models import Activity, Organisation, Schedule, Venue
from engagement.directory.recurrence import CODES
from engagement.directory.sessions import Session, parts_of
from portal.clock import WEEKDAYS, at
from portal.emails.links import absolute

Data = dict[str, Any]
CONTEXT = "https://schema.org"
AHEAD = timedelta(days=28)
EVENTS_AHEAD = timedelta(days=60)
MOST_EVENTS = 10
_PACE = {"DAILY": "P{}D", "WEEKLY": "P{}W", "MONTHLY": "P{}M", "YEARLY": "P{}Y"}
_DAYS = dict(zip(CODES, WEEKDAYS, strict=True))


def of_venue(venue: Venue, hours: Hours, today: date) -> Data:
    """A place with its hours of the coming four weeks, day by day; what is not known is not said."""
    address = absolute(venue.get_absolute_url())
    offered = [(feature, getattr(venue, feature.field)) for feature in FEATURES]
    told: Data = {
        "@context": CONTEXT,
        "@type": ["Place", "LocalBusiness"],
        "@id": f"{address}#place",
        **_place(venue),
        "description": venue.description,
        "telephone": venue.phone,
        "email": venue.email,
        "sameAs": venue.website,
        "isAccessibleForFree": _yes_or_no(venue.free_entry),
        "amenityFeature": [
            {"@type": "LocationFeatureSpecification", "name": feature.label, "value": said == Known.YES}
            for feature, said in offered
            if said != Known.NOT_KNOWN
        ],
        "parentOrganization": _organisation(venue.organisation),
        "openingHoursSpecification": _usual_hours(hours, today),
        "specialOpeningHoursSpecification": list(_special_hours(hours, today)),
    }
    return _said(told)


def of_activity(activity: Activity, now: datetime, schools: SchoolYear) -> list[Data]:
    """An event for each of the coming sessions, cancelled and moved ones too, and the rule behind them.

    Needs `with_schedules` over the coming months.
    """
    first, last = now.date() - A_DAY, now.date() + EVENTS_AHEAD
    coming = [
        (session, schedule)
        for schedule in activity.live_schedules
        for session in schedule.sessions(first, last, schools)
        if not session.is_over(now)
    ]
    coming.sort(key=lambda one: one[0].starts)
    rules = [found for schedule in activity.live_schedules if (found := _rule(schedule, now.date(), schools))]
    events = [_event(activity, session, schedule) for session, schedule in coming[:MOST_EVENTS]]
    if rules:
        events.insert(0, _series(activity, rules))
    return events


def _event(activity: Activity, session: Session, schedule: Schedule) -> Data:
    status = "EventCancelled" if session.is_cancelled else "EventScheduled"
    told = _about(activity)
    if session.moved and schedule.starts_at:
        status = "EventRescheduled"
        told["previousStartDate"] = at(session.on, schedule.starts_at).isoformat()
    return _said(
        {
            **told,
            "startDate": session.starts.isoformat(),
            "endDate": session.ends.isoformat() if session.ends else None,
            "eventStatus": f"{CONTEXT}/{status}",
            "location": {"@type": "Place", **_place(_where(session, schedule))},
        }
    )


def _series(activity: Activity, rules: list[Data]) -> Data:
    places = [{"@type": "Place", **_place(venue)} for venue in activity.venues]
    return _said({**_about(activity), "@type": "EventSeries", "eventSchedule": rules, "location": places})


def _about(activity: Activity) -> Data:
    address = absolute(activity.get_absolute_url())
    is_free = _yes_or_no(activity.free_entry)
    offers = {"@type": "Offer", "price": "0", "priceCurrency": "GBP", "url": address} if is_free else None
    return {
        "@context": CONTEXT,
        "@type": "Event",
        "name": activity.name,
        "description": activity.description,
        "url": address,
        "eventAttendanceMode": f"{CONTEXT}/OfflineEventAttendanceMode",
        "isAccessibleForFree": is_free,
        "offers": offers,
        "organizer": _organisation(activity.organisation),
    }


def _rule(schedule: Schedule, today: date, schools: SchoolYear) -> Data | None:
    """The rule as a Schedule; a pace that schema.org has no word for is left to the dates."""
    last = today + timedelta(days=366)
    changes = [change.as_change for change in schedule.live_changes]
    found = series(schedule.rule, changes=changes, first=today, last=last, schools=schools)
    if found is None or not found.rrule:
        return None
    parts = parts_of(found.rrule)
    weeks = {day[:-2] for day in parts.get("BYDAY", "").split(",")} - {""}
    if parts.keys() - {"FREQ", "INTERVAL", "BYDAY", "UNTIL"} or len(weeks) > 1 or "-1" in weeks:
        return None
    off = [session.on for session in found.apart if session.is_cancelled or session.moved]
    return _said(
        {
            "@type": "Schedule",
            "startDate": found.begins.isoformat(),
            "endDate": parts["UNTIL"][:4] + "-" + parts["UNTIL"][4:6] + "-" + parts["UNTIL"][6:8]
            if "UNTIL" in parts
            else None,
            "startTime": _hour(found.starts_at),
            "endTime": _hour(schedule.ends_at) if schedule.ends_at else None,
            "repeatFrequency": _PACE[parts["FREQ"]].format(parts.get("INTERVAL", "1")),
            "byDay": [f"{CONTEXT}/{_DAYS[day[-2:]]}" for day in parts.get("BYDAY", "").split(",") if day],
            "byMonthWeek": int(weeks.pop()) if weeks else None,
            "exceptDate": sorted(day.isoformat() for day in {*found.without, *off}),
            "scheduleTimezone": "Europe/London",
        }
    )


def _usual_hours(hours: Hours, today: date) -> list[Data]:
    """The usual hours of each of the next seven days, which search engines read as a week."""
    found = _spans_by_day(Hours(hours.value, schools=hours.schools), today, 7)
    return [
        {"@type": "OpeningHoursSpecification", "dayOfWeek": f"{CONTEXT}/{WEEKDAYS[day.weekday()]}", **_times(span)}
        for day, some in found.items()
        for span in some
    ]


def _special_hours(hours: Hours, today: date) -> Iterator[Data]:
    """Days of the coming weeks that are not as the same day of this week: closed, at other times, a bank holiday."""
    days = AHEAD.days
    week = _spans_by_day(Hours(hours.value, schools=hours.schools), today, 7)
    real = _spans_by_day(hours, today, days)
    usual = {day.weekday(): [_times(span) for span in some] for day, some in week.items()}
    for day, some in real.items():
        times = [_times(span) for span in some]
        if times == usual.get(day.weekday(), []):
            continue
        on = {"validFrom": day.isoformat(), "validThrough": day.isoformat()}
        for one in times or [{"opens": "00:00", "closes": "00:00"}]:
            yield {"@type": "OpeningHoursSpecification", **one, **on}


def _spans_by_day(hours: Hours, first: date, count: int) -> dict[date, list[Span]]:
    """What is certain on each day from `first` on; nothing where the hours are not known."""
    if not hours.value and not hours.exceptions:
        return {}
    midnight = datetime.combine(first, time.min)
    found: dict[date, list[Span]] = {first + n * A_DAY: [] for n in range(count)}
    try:
        for span in spans(hours, midnight, midnight + count * A_DAY):
            for day in _days_of(span) if span.is_certain else []:
                found[day].append(span)
    except UNREADABLE:
        return {}
    return found


def _days_of(span: Span) -> list[date]:
    """The day on which a stretch begins; of one of some days, each day that it covers."""
    first, whole_days = span.starts.date(), (span.ends - span.starts) // A_DAY
    return [first + n * A_DAY for n in range(max(1, whole_days))]


def _times(span: Span) -> Data:
    is_all_day = span.ends - span.starts >= A_DAY
    return (
        {"opens": "00:00", "closes": "23:59"}
        if is_all_day
        else {"opens": _hour(span.starts), "closes": _hour(span.ends)}
    )


def _hour(moment: datetime | time) -> str:
    return f"{moment:%H:%M}"


def _place(venue: Venue) -> Data:
    point = venue.point
    return _said(
        {
            "name": venue.name,
            "url": absolute(venue.get_absolute_url()),
            "address": _said(
                {
                    "@type": "PostalAddress",
                    "streetAddress": venue.street,
                    "postalCode": venue.postcode,
                    "addressCountry": "GB",
                }
            ),
            "geo": {"@type": "GeoCoordinates", "latitude": point.latitude, "longitude": point.longitude}
            if point
            else None,
        }
    )


def _where(session: Session, schedule: Schedule) -> Venue:
    moved = (change.moved_venue for change in schedule.live_changes if change.session_on == session.on)
    return next((venue for venue in moved if venue), schedule.venue)


def _organisation(found: Organisation | None) -> Data | None:
    if found is None or not found.is_listed:
        return None
    return {"@type": "Organization", "name": found.name, "url": absolute(found.get_absolute_url())}


def _yes_or_no(answer: str) -> bool | None:
    return None if answer == Known.NOT_KNOWN else answer == Known.YES


def _said(told: Data) -> Data:
    """Without what nobody said; a no is said, and so is a nought."""
    return {name: value for name, value in told.items() if value not in (None, "", [], {})}
