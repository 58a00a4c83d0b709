"""A keeper says that a session at their place is off, elsewhere or has a note, by the same forms and deeds as staff."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from engagement.directory.keeping.entering import Entered, by_key
from engagement.directory.models import Schedule
from engagement.directory.sessions_desk import deeds
from engagement.directory.sessions_desk.forms import CancelForm, MoveForm, NoteForm, SessionForm, UndoForm
from engagement.directory.sessions_desk.page import places, session_page


@require_safe
@by_key
def one_session(request: HttpRequest, entered: Entered, pk: int, on: str) -> HttpResponse:
    """One session with all that can be said about it."""
    schedule = entered.schedule(pk)
    context = session_page(schedule, on) if schedule else None
    if context is None:
        raise Http404
    return render(request, "directory/keep_session.html", {**context, "entered": entered})


@require_POST
@by_key
def off(request: HttpRequest, entered: Entered, pk: int) -> HttpResponse:
    schedule, form = entered.schedule(pk), CancelForm(request.POST, auto_id="cancel-%s")
    if schedule is None:
        return _not_yours(request, entered)
    if not deeds.cancel(form, schedule=schedule, by=entered.user, keeper=entered.keeper):
        return _refuse(request, entered, schedule, form, "cancel")
    messages.success(request, f"Every page now says that {schedule.activity.name} is not on. You can undo it here.")
    return entered.home()


@require_POST
@by_key
def move(request: HttpRequest, entered: Entered, pk: int) -> HttpResponse:
    schedule, form = entered.schedule(pk), MoveForm(request.POST, venues=places(), auto_id="move-%s")
    if schedule is None:
        return _not_yours(request, entered)
    if not deeds.move(form, schedule=schedule, by=entered.user, keeper=entered.keeper):
        return _refuse(request, entered, schedule, form, "move")
    messages.success(request, f"Every page now says when and where {schedule.activity.name} is, this once.")
    return entered.home()


@require_POST
@by_key
def note(request: HttpRequest, entered: Entered, pk: int) -> HttpResponse:
    schedule, form = entered.schedule(pk), NoteForm(request.POST, auto_id="note-%s")
    if schedule is None:
        return _not_yours(request, entered)
    if not deeds.note(form, schedule=schedule, by=entered.user, keeper=entered.keeper):
        return _refuse(request, entered, schedule, form, "note")
    messages.success(request, f"Your note stands beside {schedule.activity.name} on every page.")
    return entered.home()


@require_POST
@by_key
def on_after_all(request: HttpRequest, entered: Entered, pk: int) -> HttpResponse:
    schedule, form = entered.schedule(pk), UndoForm(request.POST)
    if schedule is None:
        return _not_yours(request, entered)
    if deeds.restore(form, schedule=schedule, by=entered.user, keeper=entered.keeper):
        messages.success(request, f"{schedule.activity.name} is on after all, as usual.")
    else:
        messages.error(request, deeds.why_not(form))
    return entered.home()


def _refuse(request: HttpRequest, entered: Entered, schedule: Schedule, form: SessionForm, deed: str) -> HttpResponse:
    """The session's page with what was typed; their own, where no session is meant."""
    context = session_page(schedule, form.cleaned_data.get("on"), **{deed: form})
    if context is None:
        messages.error(request, f"Nothing was changed: {deeds.why_not(form)}")
        return entered.home()
    return render(request, "directory/keep_session.html", {**context, "entered": entered})


def _not_yours(request: HttpRequest, entered: Entered) -> HttpResponse:
    messages.error(request, "This does not take place at your venue, so nothing was changed.")
    return entered.home()
