"""Staff screens of hours: rows read back while they are typed, days that are not as usual, and readings to confirm."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from engagement.directory.actions.proposed_hours import put_aside_hours, take_hours
from engagement.directory.editing.hours_rows import typed_rows
from engagement.directory.hours.words import usual_in_words
from engagement.directory.hours_desk import closing
from engagement.directory.hours_desk.forms import DaysForm
from engagement.directory.models import HoursException, Venue
from engagement.directory.staff_menu import CHANGE_VENUE
from portal import clock
from portal.accounts.permissions import StaffRequest, staff_view
from portal.paging import counted, in_words, page_of

A_PAGE = 20
CHANGED_MEANWHILE = "this had changed meanwhile. Look again."


@staff_view(CHANGE_VENUE)
@require_safe
def hours_in_words(request: HttpRequest) -> JsonResponse:
    """Reads typed rows back while they are typed."""
    rows = typed_rows(request.GET)
    if rows.is_valid() and rows.usual is not None:
        return JsonResponse({"words": f"It would read: {usual_in_words(rows.usual)}", "is_read": True})
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
    now, data = clock.now(), request.POST if request.method == "POST" else None
    form = DaysForm(data, today=now.date())
    if said := closing.say_days(form, venue=venue, by=request.user):
        messages.success(request, closing.said_of(said, now.date()))
        return redirect("directory_days", venue.pk)
    context = {"venue": venue, "form": form, "days": closing.days_to_come(venue, now.date())}
    return render(request, "directory/admin/days.html", context)


@staff_view(CHANGE_VENUE)
@require_POST
def undo_days(request: StaffRequest, pk: int) -> HttpResponse:
    said = get_object_or_404(HoursException.objects.select_related("venue"), pk=pk)
    if words := closing.take_back(said, by=request.user):
        messages.success(request, words)
    else:
        messages.error(request, "Somebody had taken it back already.")
    return redirect("directory_days", said.venue_id)


@staff_view(CHANGE_VENUE)
@require_safe
def to_confirm(request: HttpRequest) -> HttpResponse:
    waiting = Venue.objects.with_proposed_hours()
    page = page_of(waiting, asked=request.GET, size=A_PAGE)
    context = {"page": page, "count": in_words(counted(waiting))}
    return render(request, "directory/admin/hours_to_confirm.html", context)


@staff_view(CHANGE_VENUE)
@require_POST
def take(request: StaffRequest, pk: int) -> HttpResponse:
    venue = get_object_or_404(Venue, pk=pk)
    if take_hours(venue=venue, seen=request.POST.get("proposed", ""), by=request.user):
        messages.success(request, f"{venue.name}: its page says these hours now.")
    else:
        messages.error(request, f"{venue.name}: {CHANGED_MEANWHILE}")
    return redirect("directory_hours_to_confirm")


@staff_view(CHANGE_VENUE)
@require_POST
def not_right(request: StaffRequest, pk: int) -> HttpResponse:
    venue = get_object_or_404(Venue, pk=pk)
    if put_aside_hours(venue=venue, seen=request.POST.get("proposed", ""), by=request.user):
        messages.success(request, f"{venue.name}: put aside. Its own words stay on its page.")
    else:
        messages.error(request, f"{venue.name}: {CHANGED_MEANWHILE}")
    return redirect("directory_hours_to_confirm")
