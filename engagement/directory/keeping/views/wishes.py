"""Where a keeper writes what the entry should say; our team looks at it before everybody reads it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from engagement.directory.actions.proposals import propose
from engagement.directory.keeping.entering import Entered, by_key
from engagement.directory.keeping.forms import WishForm
from engagement.directory.keeping.reading import waiting_rows
from engagement.directory.models import Activity, ProposedChange, Venue

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@reading_or_sending
@by_key
def change_venue(request: HttpRequest, entered: Entered) -> HttpResponse:
    return _change(request, entered, entered.venue)


@reading_or_sending
@by_key
def change_activity(request: HttpRequest, entered: Entered, pk: int) -> HttpResponse:
    activity = entered.activity(pk)
    if activity is None:
        raise Http404
    return _change(request, entered, activity)


def _change(request: HttpRequest, entered: Entered, entry: Venue | Activity) -> HttpResponse:
    waiting = {wish.field: wish.wanted for wish in ProposedChange.objects.about(entry).waiting()}
    form = WishForm(request.POST if request.method == "POST" else None, entry=entry, waiting=waiting)
    if form.is_valid():
        if propose(entry=entry, wishes=form.wishes, keeper=entered.keeper, by=entered.user):
            messages.success(request, "Thank you. Our team looks at it, and you get a mail.")
        else:
            messages.success(request, "Nothing new waits for our team.")
        return entered.home()
    context = {"entered": entered, "entry": entry, "form": form, "wishes": waiting_rows([entry])}
    return render(request, "directory/keep_change.html", context)
