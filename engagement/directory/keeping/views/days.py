"""A keeper says that their place is closed on some days, calls off what takes place there, and takes it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from engagement.directory.actions import restore_hours
from engagement.directory.hours_desk import closing
from engagement.directory.hours_desk.forms import DaysForm
from engagement.directory.keeping.entering import Entered, by_key
from portal import clock

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@reading_or_sending
@by_key
def closed(request: HttpRequest, entered: Entered) -> HttpResponse:
    now, data = clock.now(), request.POST if request.method == "POST" else None
    form = DaysForm(data, today=now.date())
    if said := closing.say_days(form, venue=entered.venue, by=entered.user, keeper=entered.keeper):
        messages.success(request, "Every page says so now. You can undo it on your page.")
        if closing.sessions_there(said, now):
            return redirect("keeping_closed_sessions", entered.key, said.pk)
        return entered.home()
    return render(request, "directory/keep_closed.html", {"entered": entered, "form": form})


@reading_or_sending
@by_key
def sessions(request: HttpRequest, entered: Entered, pk: int) -> HttpResponse:
    """What takes place there on these days, to be called off with one press."""
    said = get_object_or_404(entered.venue.exceptions.live().select_related("venue"), pk=pk)
    found = closing.sessions_there(said, clock.now())
    form = closing.call_off_form(found, request.POST if request.method == "POST" else None)
    if not found:
        return entered.home()
    if not form.is_valid():
        return render(request, "directory/keep_closed_sessions.html", {"entered": entered, "said": said, "form": form})
    done, refused = closing.call_off(form, found, said=said, by=entered.user, keeper=entered.keeper)
    for sentence in refused:
        messages.error(request, sentence)
    if done:
        messages.success(request, f"Every page now says that {done} session{'' if done == 1 else 's'} will not be on.")
    return entered.home()


@require_POST
@by_key
def open_after_all(request: HttpRequest, entered: Entered, pk: int) -> HttpResponse:
    said = get_object_or_404(entered.venue.exceptions.live(), pk=pk)
    if restore_hours(exception=said, by=entered.user, keeper=entered.keeper):
        messages.success(request, "These days are as usual again. Sessions that were called off stay off.")
    else:
        messages.error(request, "There was nothing to undo.")
    return entered.home()
