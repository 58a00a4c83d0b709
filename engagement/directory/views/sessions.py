"""Staff screens of sessions: what is on this week, and saying that one is off."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from engagement.directory.actions import NoSuchSession, cancel_session, restore_session
from engagement.directory.forms import SessionForm
from engagement.directory.listing import staff_days
from engagement.directory.models import Schedule
from engagement.directory.staff_menu import RUN_SESSION
from portal import clock
from portal.accounts.models import User
from portal.accounts.permissions import staff_view

A_WEEK = 7


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


def _staff(request: HttpRequest) -> User:
    """Who is signed in; the guard of each view has seen to it."""
    assert isinstance(request.user, User)
    return request.user
