"""What is on, day by day."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engagement.directory.listing import days_ahead
from engagement.directory.models import Activity
from portal import clock
from portal.accounts.permissions import public

A_WEEK = 7


@public
@require_safe
def whats_on(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    is_today = request.GET.get("when") == "today"
    length = 1 if is_today else A_WEEK
    scheduled = Activity.objects.listed().scheduled()
    activities = scheduled.with_changes(now.date() - timedelta(days=1), now.date() + timedelta(days=length))
    days = days_ahead(activities, now, days=length)
    context = {
        "days": days,
        "count": sum(len(day.rows) for day in days),
        "is_today": is_today,
        "unscheduled": Activity.objects.listed().unscheduled().select_related("venue").by_name(),
    }
    return render(request, "directory/whats_on.html", context)
