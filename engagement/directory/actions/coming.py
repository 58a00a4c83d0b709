"""Working out what comes in the next weeks: openings of venues and sessions of activities, for lists to ask."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import transaction

from engagement.directory.feeds.written import write_ahead
from engagement.directory.hours.opening import A_DAY, UNREADABLE, spans
from engagement.directory.hours.school_year import SchoolYear
from engagement.directory.models import ComingSession, Opening, Schedule, SchoolBreak, Venue
from portal.clock import LONDON

OPENINGS_AHEAD = timedelta(days=15)
SESSIONS_AHEAD = timedelta(days=36)
AT_ONCE = 200


def work_out_all(now: datetime) -> None:
    """Every venue and every schedule afresh, a few hundred in one transaction; done each night and after an import."""
    schools = SchoolBreak.objects.year()
    for some in _in_batches(Venue.objects.order_by("pk").values_list("pk", flat=True)):
        work_out_openings(some, now, schools)
    for some in _in_batches(Schedule.objects.order_by("pk").values_list("pk", flat=True)):
        work_out_sessions(some, now, schools)


def is_worked_out(start: datetime, end: datetime, now: datetime) -> bool:
    """Whether every session between two moments stands in the table, even before the night has come round."""
    return now - A_DAY <= start and end <= now + SESSIONS_AHEAD - 2 * A_DAY


@transaction.atomic
def work_out_openings(venues: Iterable[int], now: datetime, schools: SchoolYear | None = None) -> None:
    """The coming two weeks of these venues, by number; what was worked out before is put aside."""
    numbers = list(venues)
    schools = SchoolBreak.objects.year() if schools is None else schools
    # The night and somebody's deed must not both write one place's weeks: whoever comes second waits, and reads afresh.
    list(Venue.objects.filter(pk__in=numbers).select_for_update(no_key=True).order_by("pk").values_list("pk"))
    Opening.objects.filter(venue__in=numbers).delete()
    found = Venue.objects.filter(pk__in=numbers).with_exceptions((now - A_DAY).date())
    Opening.objects.bulk_create((one for venue in found for one in _openings(venue, now, schools)), batch_size=AT_ONCE)


@transaction.atomic
def work_out_sessions(schedules: Iterable[int], now: datetime, schools: SchoolYear | None = None) -> None:
    """The coming five weeks of these schedules, by number, and what calendars say of them; what was before is put aside."""
    numbers = list(schedules)
    schools = SchoolBreak.objects.year() if schools is None else schools
    list(Schedule.objects.filter(pk__in=numbers).select_for_update().order_by("pk").values_list("pk"))
    ComingSession.objects.filter(schedule__in=numbers).delete()
    first, last = (now - A_DAY).date(), (now + SESSIONS_AHEAD).date()
    found = Schedule.objects.filter(pk__in=numbers).with_changes(first, last)
    made = (
        ComingSession(
            schedule=schedule,
            venue_id=(session.moved and session.moved.venue_pk) or schedule.venue_id,
            session_on=session.on,
            starts_at=session.starts,
            ends_at=session.ends,
            over_at=session.over_at,
            is_cancelled=session.is_cancelled,
            is_moved=session.moved is not None,
            reason=session.reason,
        )
        for schedule in found
        for session in schedule.sessions(first, last, schools)
    )
    ComingSession.objects.bulk_create(made, batch_size=AT_ONCE)
    write_ahead(numbers, now.astimezone(LONDON).date(), schools)


def _openings(venue: Venue, now: datetime, schools: SchoolYear) -> Iterator[Opening]:
    wall = now.astimezone(LONDON).replace(tzinfo=None)
    try:
        for span in spans(venue.hours(schools), wall - A_DAY, wall + OPENINGS_AHEAD):
            opens, closes = span.starts.replace(tzinfo=LONDON), span.ends.replace(tzinfo=LONDON)
            yield Opening(venue=venue, opens_at=opens, closes_at=closes, is_certain=span.is_certain)
    except UNREADABLE:
        return


def _in_batches(numbers: Iterable[int]) -> Iterator[list[int]]:
    rest = list(numbers)
    for start in range(0, len(rest), AT_ONCE):
        yield rest[start : start + AT_ONCE]
