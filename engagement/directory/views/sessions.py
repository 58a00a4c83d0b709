"""Staff screens of sessions: this week at all places, the next weeks of one activity, and one session to change."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from engagement.directory.models import Activity, Schedule, Venue
from engagement.directory.running import deeds, rows
from engagement.directory.running.forms import CancelForm, MoveForm, NoteForm, OffForm, SessionForm, TogetherForm
from engagement.directory.staff_menu import RUN_SESSION
from portal import clock
from portal.accounts.models import User
from portal.accounts.permissions import staff_view

TO_ACTIVITY = "activity"


@staff_view(RUN_SESSION)
@require_safe
def sessions_this_week(request: HttpRequest) -> HttpResponse:
    return render(request, "directory/admin/sessions.html", {"days": rows.week(clock.now())})


@staff_view(RUN_SESSION)
@require_safe
def one_session(request: HttpRequest, pk: int, on: str) -> HttpResponse:
    """One session with all that can be said about it."""
    schedule = _schedule(pk)
    return _show_session(request, schedule, _day(on))


@staff_view(RUN_SESSION)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    schedule, form = _schedule(pk), CancelForm(request.POST, auto_id="cancel-%s")
    if not deeds.cancel(form, schedule=schedule, by=_staff(request)):
        return _refuse(request, schedule, form, "cancel")
    messages.success(request, f"Every page now says that {schedule.activity.name} is not on. You can undo this below.")
    return _back(request, schedule)


@staff_view(RUN_SESSION)
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    schedule = _schedule(pk)
    form = MoveForm(request.POST, venues=_venues(), auto_id="move-%s")
    if not deeds.move(form, schedule=schedule, by=_staff(request)):
        return _refuse(request, schedule, form, "move")
    messages.success(request, f"Every page now says when and where {schedule.activity.name} is, this once.")
    return _back(request, schedule)


@staff_view(RUN_SESSION)
@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    schedule, form = _schedule(pk), NoteForm(request.POST, auto_id="note-%s")
    if not deeds.note(form, schedule=schedule, by=_staff(request)):
        return _refuse(request, schedule, form, "note")
    messages.success(request, f"Your note stands beside {schedule.activity.name} on every page.")
    return _back(request, schedule)


@staff_view(RUN_SESSION)
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    schedule = _schedule(pk)
    if deeds.restore(SessionForm(request.POST), schedule=schedule, by=_staff(request)):
        messages.success(request, f"{schedule.activity.name} is on after all, as usual.")
    else:
        messages.error(request, "There was nothing to undo.")
    return _back(request, schedule)


@staff_view(RUN_SESSION)
@require_safe
def dates(request: HttpRequest, pk: int) -> HttpResponse:
    """The next eight weeks of one activity."""
    return _show_dates(request, pk, OffForm())


@staff_view(RUN_SESSION)
@require_POST
def cancel_days(request: HttpRequest, pk: int) -> HttpResponse:
    activity, form = get_object_or_404(Activity.objects.listed(), pk=pk), OffForm(request.POST)
    if not deeds.cancel_days(form, activity=activity, by=_staff(request)):
        return _show_dates(request, pk, form)
    messages.success(
        request, f"Every page now says that {activity.name} is off on these days. You can undo this below."
    )
    return redirect("directory_dates", pk)


@staff_view(RUN_SESSION)
@require_POST
def restore_days(request: HttpRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(Activity.objects.listed(), pk=pk)
    if deeds.restore_days(TogetherForm(request.POST), activity=activity, by=_staff(request)):
        messages.success(request, f"{activity.name} is on after all, as usual.")
    else:
        messages.error(request, "There was nothing to undo.")
    return redirect("directory_dates", pk)


def _show_session(request: HttpRequest, schedule: Schedule, on: date, **typed: Any) -> HttpResponse:
    """`typed` are the forms that were sent and not taken, with their words."""
    found = rows.one_date(schedule, on, clock.now().date())
    if found is None:
        raise Http404
    its_day = {"on": on}
    context = {
        "one": found,
        "back": TO_ACTIVITY if TO_ACTIVITY in (request.GET.get("back"), request.POST.get("back")) else "",
        "cancel": CancelForm(initial=its_day, auto_id="cancel-%s"),
        "move": MoveForm(venues=_venues(), session=found.session, auto_id="move-%s"),
        "note": NoteForm(initial=its_day, auto_id="note-%s"),
        **typed,
    }
    return render(request, "directory/admin/session.html", context)


def _show_dates(request: HttpRequest, pk: int, form: OffForm) -> HttpResponse:
    now = clock.now()
    with_dates = Activity.objects.listed().with_schedules(now.date() - rows.A_DAY, now.date() + rows.EIGHT_WEEKS)
    activity = get_object_or_404(with_dates, pk=pk)
    context = {
        "activity": activity,
        "form": form,
        "dates": rows.next_dates(activity, now),
        "times_off": rows.times_off(activity, now.date()),
    }
    return render(request, "directory/admin/sessions_of_activity.html", context)


def _refuse(request: HttpRequest, schedule: Schedule, form: SessionForm, deed: str) -> HttpResponse:
    """The session's page with what was typed; the list, where no session is meant."""
    on = form.cleaned_data.get("on")
    if on is None or rows.one_date(schedule, on, clock.now().date()) is None:
        messages.error(request, f"Nothing was changed: {next(iter(form.errors.values()))[0]}")
        return _back(request, schedule)
    return _show_session(request, schedule, on, **{deed: form})


def _back(request: HttpRequest, schedule: Schedule) -> HttpResponse:
    if request.POST.get("back") == TO_ACTIVITY:
        return redirect("directory_dates", schedule.activity_id)
    return redirect("directory_sessions")


def _schedule(pk: int) -> Schedule:
    return get_object_or_404(Schedule.objects.listed().select_related("activity", "venue"), pk=pk)


def _day(on: str) -> date:
    try:
        return date.fromisoformat(on)
    except ValueError as error:
        raise Http404 from error


def _venues() -> Any:
    return Venue.objects.listed().by_name()


def _staff(request: HttpRequest) -> User:
    """Who is signed in; the guard of each view has seen to it."""
    assert isinstance(request.user, User)
    return request.user
