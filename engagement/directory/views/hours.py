"""Staff screens of hours: rows read back while they are typed, days that are not as usual, and readings to confirm."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from engagement.directory.actions import NoSuchSession, cancel_session, change_hours_on, restore_hours
from engagement.directory.actions.proposed_hours import put_aside_hours, take_hours
from engagement.directory.editing.hours_days import DaysForm, sessions_on
from engagement.directory.editing.hours_rows import typed_rows
from engagement.directory.hours.words import usual_in_words
from engagement.directory.models import HoursException, SchoolBreak, Venue
from engagement.directory.staff_menu import CHANGE_VENUE, RUN_SESSION
from portal import clock
from portal.accounts.permissions import StaffRequest, staff_view

A_PAGE = 20
A_DAY = timedelta(days=1)


@staff_view(CHANGE_VENUE)
@require_safe
def hours_in_words(request: HttpRequest) -> JsonResponse:
    """Reads typed rows back while they are typed."""
    rows = typed_rows(request.GET)
    if rows.is_valid() and rows.usual is not None:
        return JsonResponse({"words": f"It reads: {usual_in_words(rows.usual)}", "is_read": True})
    wrong = [
        f"Row {number}: {problems[0]}"
        for number, form in enumerate(rows.forms, start=1)
        for problems in form.errors.values()
    ]
    wrong += [*rows.non_form_errors(), *(problem for all_ in rows.holidays.errors.values() for problem in all_)]
    return JsonResponse({"words": " ".join(wrong) or "Not read yet.", "is_read": False})


@staff_view(CHANGE_VENUE)
@require_http_methods(["GET", "HEAD", "POST"])
def days(request: StaffRequest, pk: int) -> HttpResponse:
    venue = get_object_or_404(Venue, pk=pk)
    form = DaysForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            said = change_hours_on(venue=venue, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Every page says so now. You can take it back below.")
            return redirect("directory_days_sessions" if _asks_of_sessions(said) else "directory_days", _of(said))
    live = HoursException.objects.live().from_day(clock.now().date()).at(venue).by_day()
    return render(request, "directory/admin/days.html", {"venue": venue, "form": form, "days": live})


@staff_view(CHANGE_VENUE)
@require_POST
def undo_days(request: StaffRequest, pk: int) -> HttpResponse:
    said = get_object_or_404(HoursException.objects.select_related("venue"), pk=pk)
    if restore_hours(exception=said, by=request.user):
        messages.success(request, "These days are as usual again. Sessions that were called off stay off.")
    else:
        messages.error(request, "Somebody had taken it back already.")
    return redirect("directory_days", said.venue_id)


@staff_view(RUN_SESSION)
@require_http_methods(["GET", "HEAD", "POST"])
def sessions_of_days(request: StaffRequest, pk: int) -> HttpResponse:
    """Offers to call off what takes place at a venue on days on which it is closed."""
    said = get_object_or_404(HoursException.objects.live().select_related("venue"), pk=pk)
    found = sessions_on(said, SchoolBreak.objects.year())
    if request.method != "POST":
        return render(request, "directory/admin/days_sessions.html", {"said": said, "found": found})
    chosen = [one for one in found if one.key in request.POST.getlist("session")]
    for one in chosen:
        try:
            cancel_session(schedule=one.schedule, on=one.session.on, reason=said.reason, by=request.user)
        except NoSuchSession as refusal:
            messages.error(request, str(refusal))
    messages.success(request, f"Called off: {len(chosen)}. Each can be undone on the page of its activity.")
    return redirect("directory_days", said.venue_id)


@staff_view(CHANGE_VENUE)
@require_safe
def to_confirm(request: HttpRequest) -> HttpResponse:
    page = Paginator(Venue.objects.with_proposed_hours(), A_PAGE).get_page(request.GET.get("p"))
    return render(request, "directory/admin/hours_to_confirm.html", {"page": page})


@staff_view(CHANGE_VENUE)
@require_POST
def take(request: StaffRequest, pk: int) -> HttpResponse:
    venue = get_object_or_404(Venue, pk=pk)
    if request.POST.get("proposed") == venue.hours_proposed and take_hours(venue=venue, by=request.user):
        messages.success(request, f"{venue.name}: its page says these hours now.")
    else:
        messages.error(request, f"{venue.name}: this had changed meanwhile. Look again.")
    return redirect("directory_hours_to_confirm")


@staff_view(CHANGE_VENUE)
@require_POST
def not_right(request: StaffRequest, pk: int) -> HttpResponse:
    venue = put_aside_hours(venue=get_object_or_404(Venue, pk=pk), by=request.user)
    messages.success(request, f"{venue.name}: put aside. Its own words stay on its page.")
    return redirect("directory_hours_to_confirm")


def _asks_of_sessions(said: HoursException) -> bool:
    return said.opens_at is None and bool(sessions_on(said, SchoolBreak.objects.year()))


def _of(said: HoursException) -> int:
    return said.pk if _asks_of_sessions(said) else said.venue_id
