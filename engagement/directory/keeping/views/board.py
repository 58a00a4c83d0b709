"""The board of entries that nobody has checked for four weeks, with one press for “checked today”."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from engagement.directory.actions.checking import mark_checked
from engagement.directory.keeping import board
from engagement.directory.staff_menu import CHANGE_VENUE
from portal import clock
from portal.accounts.permissions import StaffRequest, staff_view
from portal.paging import page_of

A_PAGE = 20


@staff_view(CHANGE_VENUE)
@require_safe
def to_check(request: HttpRequest) -> HttpResponse:
    now, band = clock.now(), board.BY_KEY.get(request.GET.get("age", ""))
    page = page_of(*board.overdue(now, band), asked=request.GET, size=A_PAGE)
    context = {
        "page": page,
        "rows": board.rows(page.rows, now),
        "counts": board.counts(now),
        "unreachable": board.unreachable(now),
        "band": band,
    }
    return render(request, "directory/admin/to_check.html", context)


@staff_view(CHANGE_VENUE)
@require_POST
def checked(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    entry = board.entry_of(kind, pk)
    if entry is None:
        raise Http404
    mark_checked(entry=entry, by=request.user)
    messages.success(request, f"{entry}: its page now says that it was checked today.")
    return redirect("directory_to_check")
