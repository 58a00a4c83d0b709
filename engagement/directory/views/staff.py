"""Staff screens: the sessions of the week, and the entries that somebody should check."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from engagement.directory.actions import NoSuchSession, cancel_session, mark_checked, restore_session
from engagement.directory.forms import SessionForm
from engagement.directory.hours.opening import Hours
from engagement.directory.hours.words import in_words, why_not
from engagement.directory.listing import staff_days
from engagement.directory.models import Schedule, Venue
from engagement.directory.staff_menu import CHANGE_VENUE, RUN_SESSION
from portal import clock
from portal.accounts.models import User
from portal.accounts.permissions import staff_view

A_WEEK = 7
A_PAGE = 20


@staff_view(RUN_SESSION)
@require_safe
def sessions_this_week(request: HttpRequest) -> HttpResponse:
    return render(request, "directory/admin/sessions.html", {"days": staff_days(clock.now(), days=A_WEEK)})


@staff_view(RUN_SESSION)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    schedule = get_object_or_404(Schedule.objects.listed().select_related("activity"), pk=pk)
    form = SessionForm(request.POST)
    if not form.is_valid():
        messages.error(request, f"Nothing was changed: {next(iter(form.errors.values()))[0]}")
        return redirect("directory_sessions")
    said = form.cleaned_data
    try:
        cancel_session(schedule=schedule, on=said["on"], reason=said["reason"], by=_staff(request))
    except NoSuchSession as refusal:
        messages.error(request, str(refusal))
        return redirect("directory_sessions")
    messages.success(request, f"Every page now says that {schedule.activity.name} is not on. You can undo this below.")
    return redirect("directory_sessions")


@staff_view(RUN_SESSION)
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    schedule = get_object_or_404(Schedule.objects.listed().select_related("activity"), pk=pk)
    form = SessionForm(request.POST)
    if form.is_valid() and restore_session(schedule=schedule, on=form.cleaned_data["on"], by=_staff(request)):
        messages.success(request, f"{schedule.activity.name} is on after all.")
    else:
        messages.error(request, "There was nothing to undo.")
    return redirect("directory_sessions")


@staff_view(CHANGE_VENUE)
@require_safe
def to_check(request: HttpRequest) -> HttpResponse:
    page = Paginator(Venue.objects.to_check(clock.now()), A_PAGE).get_page(request.GET.get("p"))
    return render(request, "directory/admin/to_check.html", {"page": page})


@staff_view(CHANGE_VENUE)
@require_POST
def checked(request: HttpRequest, pk: int) -> HttpResponse:
    venue = mark_checked(venue=get_object_or_404(Venue, pk=pk), by=_staff(request))
    messages.success(request, f"{venue.name}: its page now says that it was checked today.")
    return redirect("directory_to_check")


@staff_view(CHANGE_VENUE)
@require_safe
def hours_in_words(request: HttpRequest) -> JsonResponse:
    """Reads typed hours back while they are typed."""
    value, today = request.GET.get("value", "").strip(), clock.now().date()
    problem = why_not(value, today)
    return JsonResponse({"words": problem or f"It reads: {in_words(Hours(value), today)}", "is_read": problem is None})


def _staff(request: HttpRequest) -> User:
    """Who is signed in; the guard of each view has seen to it."""
    assert isinstance(request.user, User)
    return request.user
