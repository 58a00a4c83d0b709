"""Addresses of calendars: everything, one theme, one venue, one activity, one date."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from engagement.directory.feeds.calendar import calendar, event_moved_to, single_event
from engagement.directory.feeds.delivery import deliver
from engagement.directory.feeds.series import calendar_years
from engagement.directory.feeds.written import texts
from engagement.directory.models import Activity, Schedule, SchoolBreak, Venue
from engagement.directory.models.schedule import ScheduleQuerySet
from engagement.directory.themes import Theme
from portal import clock
from portal.accounts.permissions import public
from portal.emails.links import absolute
from portal.pages.settings import site_identity

CALENDAR = "text/calendar; charset=utf-8"
LONGEST_PLAN = timedelta(days=3 * 366)


@public
@require_safe
def whats_on_calendar(request: HttpRequest) -> HttpResponse:
    """Everything that is on, or what is on about one theme; subscribe to it once and it stays right."""
    theme = request.GET.get("theme", "")
    if theme and theme not in Theme.values:
        words = f"There is no theme of this name. Themes are: {', '.join(Theme.values)}.\n"
        return HttpResponse(words, status=400, content_type="text/plain; charset=utf-8")
    chosen = Schedule.objects.listed().about(theme) if theme else Schedule.objects.listed()
    name = f"What’s on in {site_identity().place_name}"
    return _calendar(
        request, f"{name}: {Theme(theme).label}" if theme else name, chosen, "/whats-on/", "whats-on", asked=theme
    )


@public
@require_safe
def venue_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens at a place; the calendar of one that was taken off the lists is empty, so that nobody keeps old dates."""
    venue = get_object_or_404(Venue.objects.select_related("merged_into"), slug=slug)
    if (now := venue.where_now) != venue:
        return redirect("venue_calendar", now.slug)
    here = Schedule.objects.listed().at(venue)
    name = f"What’s on at {venue.name}" if venue.is_listed else "No longer listed"
    return _calendar(request, name, here, venue.get_absolute_url(), venue.slug, venue=venue)


@public
@require_safe
def activity_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The dates of an activity; empty for one that was taken off the lists."""
    activity = get_object_or_404(Activity, slug=slug)
    chosen = Schedule.objects.listed().of(activity)
    name = activity.name if activity.is_listed else "No longer listed"
    return _calendar(request, name, chosen, activity.get_absolute_url(), activity.slug)


@public
@require_safe
def session_calendar(request: HttpRequest, slug: str, schedule: UUID, day: str) -> HttpResponse:
    """One date to keep."""
    on, chosen = _day(day), Schedule.objects.listed().of_activity_called(slug).for_calendars()
    found = get_object_or_404(chosen, public_id=schedule)
    event = single_event(found, on, SchoolBreak.objects.year())
    if event is None:
        raise Http404
    address = absolute(found.activity.get_absolute_url())

    def make() -> bytes:
        return b"".join(calendar(found.activity.name, address, [event.to_ical()]))

    return deliver(request, make, content_type=CALENDAR, filename=f"{slug}-{on}.ics")


def _calendar(
    request: HttpRequest,
    name: str,
    chosen: ScheduleQuerySet,
    path: str,
    filename: str,
    *,
    asked: str = "",
    venue: Venue | None = None,
) -> HttpResponse:
    def make() -> bytes:
        return b"".join(calendar(name, absolute(path), _events(chosen, venue)))

    return deliver(request, make, asked=asked, content_type=CALENDAR, filename=f"{filename}.ics")


def _events(chosen: ScheduleQuerySet, venue: Venue | None) -> Iterator[bytes]:
    """All events of some schedules in the order of their names, then single dates that were moved to a venue."""
    today, schools = clock.now().date(), SchoolBreak.objects.year()
    yield from texts(chosen, today, schools)
    if venue is None or not venue.is_listed:
        return
    for schedule in Schedule.objects.listed().ever_moved_to(venue).for_calendars().by_name():
        days = dict.fromkeys(one.session_on for one in schedule.all_changes if one.moved_venue_id == venue.pk)
        made = (event_moved_to(schedule, day, venue, schools) for day in days if day >= calendar_years(today)[0])
        yield from (event.to_ical() for event in made if event)


def _day(typed: str) -> date:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise Http404 from None
    if abs(day - clock.now().date()) > LONGEST_PLAN:
        raise Http404
    return day
