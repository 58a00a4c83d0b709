"""“This is wrong”: one question on every entry, for anybody, with no account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from engagement.directory.actions.corrections import send_correction
from engagement.directory.keeping.forms import WrongForm
from engagement.directory.keeping.told import is_place_told
from engagement.directory.models import Activity, Venue
from portal.accounts.permissions import public
from portal.pages.errors import too_many
from portal.spam import within_limit

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])
MANY, MANY_SECONDS = 20, 60 * 60


@public
@reading_or_sending
def venue_is_wrong(request: HttpRequest, slug: str) -> HttpResponse:
    return _ask(request, get_object_or_404(Venue.objects.listed(), slug=slug))


@public
@reading_or_sending
def activity_is_wrong(request: HttpRequest, slug: str) -> HttpResponse:
    return _ask(request, get_object_or_404(Activity.objects.listed(), slug=slug))


def _ask(request: HttpRequest, entry: Venue | Activity) -> HttpResponse:
    form = WrongForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not within_limit(request, "directory.wrong", limit=MANY, seconds=MANY_SECONDS):
        return too_many(request)
    if form.is_valid():
        send_correction(entry=entry, words=form.cleaned_data["words"])
        told = "the place and our team" if is_place_told(entry) else "our team"
        messages.success(request, f"Thank you. We have told {told}.")
        return redirect(entry.get_absolute_url())
    return render(
        request, "directory/wrong.html", {"entry": entry, "form": form, "is_place_told": is_place_told(entry)}
    )
