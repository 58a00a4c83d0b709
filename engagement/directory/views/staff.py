"""Staff screens: the entries that somebody should check."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from engagement.directory.actions import mark_checked
from engagement.directory.hours.opening import Hours
from engagement.directory.hours.words import in_words, why_not
from engagement.directory.models import Venue
from engagement.directory.staff_menu import CHANGE_VENUE
from portal import clock
from portal.accounts.models import User
from portal.accounts.permissions import staff_view

A_PAGE = 20


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
