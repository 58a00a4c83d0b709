"""Asking to hear when a session is off, confirming it and leaving; opening a link changes nothing, for scanners do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from engagement.directory.actions import listening
from engagement.directory.listening.forms import ListenForm
from engagement.directory.listening.links import listener_of_confirm_link, listener_of_leave_link
from engagement.directory.models import Activity
from portal.accounts.permissions import public
from portal.emails.one_click import with_one_click
from portal.pages.errors import too_many
from portal.pages.own_pages import from_our_own_pages
from portal.spam import within_limit

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])
# How many letters one connection may ask for.
MANY, MANY_SECONDS = 30, 60 * 60


@public
@from_our_own_pages
@never_cache
@reading_or_sending
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """The answer never tells whether an address is known."""
    activity = get_object_or_404(Activity.objects.listed(), slug=slug)
    form = ListenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not within_limit(request, "directory.listen", limit=MANY, seconds=MANY_SECONDS):
        return too_many(request)
    if request.method == "POST" and form.is_valid():
        listening.ask_to_hear(activity=activity, address=form.cleaned_data["address"])
        return redirect("listen_mail_sent")
    return render(request, "directory/listen_ask.html", {"activity": activity, "form": form})


@public
@require_safe
def mail_sent(request: HttpRequest) -> HttpResponse:
    """The same words for every address, known or not."""
    return render(request, "directory/listen_mail_sent.html")


@public
@never_cache
@reading_or_sending
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    listener = listener_of_confirm_link(token)
    if listener is None:
        return render(request, "directory/listen_old_link.html", status=404)
    if request.method == "POST":
        listener = listening.confirm_listener(listener=listener)
    return render(request, "directory/listen_confirm.html", {"listener": listener, "activity": listener.activity})


@public
@never_cache
@reading_or_sending
@with_one_click
def end(request: HttpRequest, token: str) -> HttpResponse:
    is_ours, listener = listener_of_leave_link(token)
    if not is_ours:
        return render(request, "directory/listen_old_link.html", status=404)
    if listener is not None and request.method == "POST":
        listening.end_listener(listener=listener)
        listener = None
    return render(request, "directory/listen_end.html", {"listener": listener})
