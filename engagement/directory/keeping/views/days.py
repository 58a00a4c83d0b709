"""A keeper says that their place is closed on some days, with what takes place there, and takes it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from engagement.directory.hours_desk import closing
from engagement.directory.hours_desk.forms import DaysForm
from engagement.directory.keeping.entering import Entered, by_key
from portal import clock


@require_http_methods(["GET", "HEAD", "POST"])
@by_key
def closed(request: HttpRequest, entered: Entered) -> HttpResponse:
    now, data = clock.now(), request.POST if request.method == "POST" else None
    form = DaysForm(data, today=now.date())
    if said := closing.say_days(form, venue=entered.venue, by=entered.user, keeper=entered.keeper):
        messages.success(request, closing.said_of(said, now.date()))
        return entered.home()
    return render(request, "directory/keep_closed.html", {"entered": entered, "form": form})


@require_POST
@by_key
def open_after_all(request: HttpRequest, entered: Entered, pk: int) -> HttpResponse:
    said = get_object_or_404(entered.venue.exceptions.live(), pk=pk)
    if words := closing.take_back(said, by=entered.user, keeper=entered.keeper):
        messages.success(request, words)
    else:
        messages.error(request, "There was nothing to undo.")
    return entered.home()
