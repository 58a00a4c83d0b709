"""A keeper's page of one place: what is on and what is said of it, all is right, and what somebody told us."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from engagement.directory.actions.checking import say_still_right
from engagement.directory.actions.corrections import settle_correction
from engagement.directory.actions.keepers import join_account
from engagement.directory.hours_desk.closing import days_to_come
from engagement.directory.keeping.doubts import doubts_in_words
from engagement.directory.keeping.entering import Entered, by_key
from engagement.directory.keeping.forms import OutcomeForm
from engagement.directory.keeping.reading import waiting_rows
from engagement.directory.models import Correction
from engagement.directory.sessions_desk.rows import next_there
from portal import clock
from portal.accounts.models import User

MOST_SESSIONS = 8


@require_safe
@by_key
def place(request: HttpRequest, entered: Entered) -> HttpResponse:
    return render(request, "directory/keep.html", _about(request, entered))


@require_POST
@by_key
def still_right(request: HttpRequest, entered: Entered) -> HttpResponse:
    say_still_right(venue=entered.venue, keeper=entered.keeper, by=entered.user)
    doubts = doubts_in_words([entered.venue, *entered.activities()])
    messages.success(request, f"Thank you. Your page now says that you checked it today. {doubts}".strip())
    return entered.home()


@require_POST
@by_key
def seen_to(request: HttpRequest, entered: Entered, pk: int) -> HttpResponse:
    theirs = Correction.objects.for_venue(entered.venue, entered.activities())
    correction, form = get_object_or_404(theirs, pk=pk), OutcomeForm(request.POST)
    outcome = form.cleaned_data["outcome"] if form.is_valid() else ""
    if settle_correction(correction=correction, outcome=outcome, by=entered.user, keeper=entered.keeper):
        messages.success(request, "Thank you for seeing to it.")
    else:
        messages.error(request, "Somebody has seen to it already.")
    return entered.home()


@require_POST
@by_key
def join(request: HttpRequest, entered: Entered) -> HttpResponse:
    if isinstance(request.user, User) and join_account(keeper=entered.keeper, by=request.user):
        messages.success(request, "From now on you find this place when you sign in, too.")
    else:
        messages.error(request, "Nothing was changed. Sign in first, then open the link again.")
    return entered.home()


def _about(request: HttpRequest, entered: Entered) -> dict[str, Any]:
    now, activities = clock.now(), entered.activities()
    return {
        "entered": entered,
        "venue": entered.venue,
        "activities": activities,
        "sessions": next_there(entered.venue, now, most=MOST_SESSIONS),
        "closed": days_to_come(entered.venue, now.date()),
        "wishes": waiting_rows([entered.venue, *activities]),
        "corrections": Correction.objects.for_venue(entered.venue, activities).open().with_entry().oldest_first(),
        "can_join": request.user.is_authenticated and entered.keeper.user is None,
    }
