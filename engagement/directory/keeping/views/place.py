"""A keeper's page of one place: all is right, not this Wednesday, closed on some days, and what somebody told us."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from engagement.directory.actions import (
    NoSuchSession,
    cancel_session,
    change_hours_on,
    restore_hours,
    restore_session,
)
from engagement.directory.actions.checking import say_still_right
from engagement.directory.actions.corrections import settle_correction
from engagement.directory.actions.keepers import join_account
from engagement.directory.keeping.entering import Entered, by_key
from engagement.directory.keeping.forms import ClosedForm, OffForm, OutcomeForm
from engagement.directory.keeping.reading import closed_days, coming_sessions, waiting_rows
from engagement.directory.models import Correction
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
    messages.success(request, "Thank you. Your page now says that you checked it today.")
    return entered.home()


@require_POST
@by_key
def off(request: HttpRequest, entered: Entered, pk: int) -> HttpResponse:
    schedule, form = entered.schedule(pk), OffForm(request.POST)
    if schedule is None:
        return _not_yours(request, entered)
    if not form.is_valid():
        messages.error(request, f"Nothing was changed. {next(iter(form.errors.values()))[0]}")
        return entered.home()
    try:
        cancel_session(schedule=schedule, **form.cleaned_data, by=entered.user, keeper=entered.keeper)
    except NoSuchSession as refusal:
        messages.error(request, str(refusal))
        return entered.home()
    messages.success(request, f"Every page now says that {schedule.activity.name} is not on. You can undo it here.")
    return entered.home()


@require_POST
@by_key
def on_after_all(request: HttpRequest, entered: Entered, pk: int) -> HttpResponse:
    schedule, form = entered.schedule(pk), OffForm(request.POST)
    if schedule is None:
        return _not_yours(request, entered)
    on = form.cleaned_data["on"] if form.is_valid() else None
    if on and restore_session(schedule=schedule, on=on, by=entered.user, keeper=entered.keeper):
        messages.success(request, f"{schedule.activity.name} is on after all.")
    else:
        messages.error(request, "There was nothing to undo.")
    return entered.home()


@require_http_methods(["GET", "HEAD", "POST"])
@by_key
def closed(request: HttpRequest, entered: Entered) -> HttpResponse:
    form = ClosedForm(request.POST if request.method == "POST" else None, today=clock.now().date())
    if form.is_valid():
        days: dict[str, Any] = form.days()
        try:
            change_hours_on(venue=entered.venue, **days, by=entered.user, keeper=entered.keeper)
        except ValidationError as refusal:
            form.add_error(None, [words for some in refusal.message_dict.values() for words in some])
        else:
            messages.success(request, "Every page says so now. You can undo it here.")
            return entered.home()
    return render(request, "directory/keep_closed.html", {"entered": entered, "form": form})


@require_POST
@by_key
def open_after_all(request: HttpRequest, entered: Entered, pk: int) -> HttpResponse:
    said = get_object_or_404(entered.venue.exceptions.live(), pk=pk)
    if restore_hours(exception=said, by=entered.user, keeper=entered.keeper):
        messages.success(request, "These days are as usual again.")
    else:
        messages.error(request, "There was nothing to undo.")
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
        "sessions": coming_sessions(entered.venue, now)[:MOST_SESSIONS],
        "closed": closed_days(entered.venue, now),
        "wishes": waiting_rows([entered.venue, *activities]),
        "corrections": Correction.objects.for_venue(entered.venue, activities).open().with_entry().oldest_first(),
        "can_join": request.user.is_authenticated and entered.keeper.user is None,
    }


def _not_yours(request: HttpRequest, entered: Entered) -> HttpResponse:
    messages.error(request, "This does not take place at your venue, so nothing was changed.")
    return entered.home()
