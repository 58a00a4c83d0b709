"""One venue and one activity."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from engagement.directory.entry import A_YEAR, building, days_off, happenings, next_dates, own_words
from engagement.directory.feeds.json_ld import of_activity, of_venue
from engagement.directory.hours.opening import Hours, coming_days, open_line
from engagement.directory.hours.words import in_words
from engagement.directory.models import Activity, SchoolBreak, Venue
from portal import clock
from portal.accounts.permissions import public
from portal.pages.kept_pages import kept_page
from portal.text import data_block

A_DAY = timedelta(days=1)


@public
@kept_page
@require_safe
def venue(request: HttpRequest, slug: str) -> HttpResponse:
    now = clock.now()
    whole = Venue.objects.with_exceptions(now.date() - A_DAY).select_related("organisation", "merged_into")
    found = get_object_or_404(whole, slug=slug)
    if (became := found.where_now) != found:
        return redirect(became)
    if not found.is_listed:
        raise Http404
    schools = SchoolBreak.objects.year()
    hours, today = found.hours(schools), now.date()
    context = {
        "venue": found,
        "line": open_line(hours, now),
        "days": coming_days(hours, today),
        "usual": in_words(Hours(found.opening_hours, schools=schools), today) if found.opening_hours else "",
        "own_words": own_words(found),
        "days_off": days_off(found.live_exceptions, today),
        "happenings": happenings(found, now),
        "today": today,
        "json_ld": data_block(of_venue(found, hours, today)),
    }
    return render(request, "directory/venue.html", context)


@public
@kept_page
@require_safe
def activity(request: HttpRequest, slug: str) -> HttpResponse:
    now = clock.now()
    dated = Activity.objects.listed().with_schedules(now.date() - A_DAY, now.date() + A_YEAR)
    found = get_object_or_404(dated.select_related("organisation"), slug=slug)
    schools = SchoolBreak.objects.year()
    context = {
        "activity": found,
        "venues": found.venues,
        "buildings": [(one.name, building(one)) for one in found.venues],
        "dates": next_dates(found, now, schools),
        "has_time": any(schedule.has_time for schedule in found.live_schedules),
        "json_ld": data_block(of_activity(found, now, schools)),
    }
    return render(request, "directory/activity.html", context)
