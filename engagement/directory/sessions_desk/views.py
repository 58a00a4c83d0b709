"""Staff screens of sessions: this week at all places, the next weeks of one activity, and one session to change."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from engagement.directory.models import Activity, Schedule
from engagement.directory.sessions_desk import deeds, rows
from engagement.directory.sessions_desk.forms import (
    CancelForm,
    MoveForm,
    NoteForm,
    OffForm,
    SessionForm,
    TogetherForm,
    UndoForm,
)
from engagement.directory.sessions_desk.page import places, session_page
from engagement.directory.staff_menu import RUN_SESSION
from portal import clock
from portal.accounts.permissions import StaffRequest, staff_view
from portal.paging import page_of, place_in

A_PAGE = 50
TO_ACTIVITY = "activity"


@staff_view(RUN_SESSION)
@require_safe
def sessions_this_week(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    page = page_of(rows.this_week(now), asked=request.GET, size=A_PAGE)
    context = {"page": page, "days": rows.by_day(page, now), "back": place_in(request.GET)}
    return render(request, "directory/admin/sessions.html", context)


@staff_view(RUN_SESSION)
@require_safe
def one_session(request: HttpRequest, pk: int, on: str) -> HttpResponse:
    """One session with all that can be said about it."""
    context = session_page(_schedule(pk), on)
    if context is None:
        raise Http404
    return render(request, "directory/admin/session.html", {**context, "back": _from(request)})


@staff_view(RUN_SESSION)
@require_POST
def cancel(request: StaffRequest, pk: int) -> HttpResponse:
    schedule, form = _schedule(pk), CancelForm(request.POST, auto_id="cancel-%s")
    if not deeds.cancel(form, schedule=schedule, by=request.user):
        return _refuse(request, schedule, form, "cancel")
    messages.success(request, f"Every page now says that {schedule.activity.name} is not on. You can undo this below.")
    return _back(request, schedule)


@staff_view(RUN_SESSION)
@require_POST
def move(request: StaffRequest, pk: int) -> HttpResponse:
    schedule = _schedule(pk)
    form = MoveForm(request.POST, venues=places(), auto_id="move-%s")
    if not deeds.move(form, schedule=schedule, by=request.user):
        return _refuse(request, schedule, form, "move")
    messages.success(request, f"Every page now says when and where {schedule.activity.name} is, this once.")
    return _back(request, schedule)


@staff_view(RUN_SESSION)
@require_POST
def note(request: StaffRequest, pk: int) -> HttpResponse:
    schedule, form = _schedule(pk), NoteForm(request.POST, auto_id="note-%s")
    if not deeds.note(form, schedule=schedule, by=request.user):
        return _refuse(request, schedule, form, "note")
    messages.success(request, f"Your note stands beside {schedule.activity.name} on every page.")
    return _back(request, schedule)


@staff_view(RUN_SESSION)
@require_POST
def restore(request: StaffRequest, pk: int) -> HttpResponse:
    schedule, form = _schedule(pk), UndoForm(request.POST)
    if deeds.restore(form, schedule=schedule, by=request.user):
        messages.success(request, f"{schedule.activity.name} is on after all, as usual.")
    else:
        messages.error(request, deeds.why_not(form))
    return _back(request, schedule)


@staff_view(RUN_SESSION)
@require_safe
def dates(request: HttpRequest, pk: int) -> HttpResponse:
    """The next eight weeks of one activity."""
    return _show_dates(request, pk, OffForm())


@staff_view(RUN_SESSION)
@require_POST
def cancel_days(request: StaffRequest, pk: int) -> HttpResponse:
    activity, form = get_object_or_404(Activity.objects.listed(), pk=pk), OffForm(request.POST)
    if not deeds.cancel_days(form, activity=activity, by=request.user):
        return _show_dates(request, pk, form)
    messages.success(
        request, f"Every page now says that {activity.name} is off on these days. You can undo this below."
    )
    return redirect("directory_dates", pk)


@staff_view(RUN_SESSION)
@require_POST
def restore_days(request: StaffRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(Activity.objects.listed(), pk=pk)
    if deeds.restore_days(TogetherForm(request.POST), activity=activity, by=request.user):
        messages.success(request, f"{activity.name} is on after all, as usual.")
    else:
        messages.error(request, "There was nothing to undo.")
    return redirect("directory_dates", pk)


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
    context = session_page(schedule, form.cleaned_data.get("on"), **{deed: form})
    if context is None:
        messages.error(request, f"Nothing was changed: {deeds.why_not(form)}")
        return _back(request, schedule)
    return render(request, "directory/admin/session.html", {**context, "back": _from(request)})


def _from(request: HttpRequest) -> str:
    """Where they came from: the dates of the activity, or a page of the week by its place."""
    said = request.GET.get("back") or request.POST.get("back") or ""
    return said if said == TO_ACTIVITY else place_in(QueryDict(said))


def _back(request: HttpRequest, schedule: Schedule) -> HttpResponse:
    came = _from(request)
    if came == TO_ACTIVITY:
        return redirect("directory_dates", schedule.activity_id)
    return redirect(f"{reverse('directory_sessions')}{f'?{came}' if came else ''}")


def _schedule(pk: int) -> Schedule:
    return get_object_or_404(Schedule.objects.listed().select_related("activity", "venue"), pk=pk)
