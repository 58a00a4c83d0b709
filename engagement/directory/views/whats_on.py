"""What is on, day by day."""

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
    days = days_ahead(now, days=length)
    context = {
        "days": days,
        "count": sum(len(day.rows) for day in days),
        "is_today": is_today,
        "unscheduled": Activity.objects.listed().unscheduled().with_places().by_name(),
    }
    return render(request, "directory/whats_on.html", context)
