"""One venue and one activity."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from engagement.directory.hours import coming_days
from engagement.directory.listing import called_off, session_date
from engagement.directory.models import Activity, Venue
from portal import clock
from portal.accounts.permissions import public

NEXT_DATES = 4
A_YEAR = timedelta(days=366)


@public
@require_safe
def venue(request: HttpRequest, slug: str) -> HttpResponse:
    now = clock.now()
    found = get_object_or_404(Venue.objects.listed(), slug=slug)
    context = {
        "venue": found,
        "line": found.open_line(now),
        "days": coming_days(found.opening_hours, now.date()),
        "activities": Activity.objects.listed().at(found).by_name(),
        "off": called_off(now).get(found.pk),
        "today": now.date(),
    }
    return render(request, "directory/venue.html", context)


@public
@require_safe
def activity(request: HttpRequest, slug: str) -> HttpResponse:
    now = clock.now()
    dated = Activity.objects.listed().with_changes(now.date() - timedelta(days=1), now.date() + A_YEAR)
    found = get_object_or_404(dated, slug=slug)
    coming = found.next_sessions(now, count=NEXT_DATES, within=A_YEAR)
    context = {
        "activity": found,
        "venue": found.venue,
        "rows": [session_date(session, now.date()) for session in coming],
    }
    return render(request, "directory/activity.html", context)
