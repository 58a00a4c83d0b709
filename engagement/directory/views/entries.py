"""One venue and one activity."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from engagement.directory.hours.opening import coming_days, open_line
from engagement.directory.listing import called_off, session_date
from engagement.directory.models import Activity, SchoolBreak, Venue
from portal import clock
from portal.accounts.permissions import public

NEXT_DATES = 4
A_YEAR = timedelta(days=366)


@public
@require_safe
def venue(request: HttpRequest, slug: str) -> HttpResponse:
    now = clock.now()
    found = get_object_or_404(Venue.objects.listed().with_exceptions(now.date() - timedelta(days=1)), slug=slug)
    hours = found.hours(SchoolBreak.objects.year())
    context = {
        "venue": found,
        "line": open_line(hours, now),
        "days": coming_days(hours, now.date()),
        "activities": Activity.objects.listed().at(found).with_places().by_name(),
        "off": called_off(now).get(found.pk),
        "today": now.date(),
    }
    return render(request, "directory/venue.html", context)


@public
@require_safe
def activity(request: HttpRequest, slug: str) -> HttpResponse:
    now = clock.now()
    dated = Activity.objects.listed().with_schedules(now.date() - timedelta(days=1), now.date() + A_YEAR)
    found = get_object_or_404(dated, slug=slug)
    schools = SchoolBreak.objects.year()
    coming = [
        session
        for schedule in found.live_schedules
        for session in schedule.next_sessions(now, schools, count=NEXT_DATES, within=A_YEAR)
    ]
    coming.sort(key=lambda session: session.starts)
    context = {
        "activity": found,
        "venues": found.venues,
        "rows": [session_date(session, now.date()) for session in coming[:NEXT_DATES]],
        "has_time": any(schedule.has_time for schedule in found.live_schedules),
    }
    return render(request, "directory/activity.html", context)
