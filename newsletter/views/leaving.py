"""Leaving and choosing, by a signed link and without a password. Opening a link changes nothing: mail scanners open them all."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from newsletter.actions import subscriptions
from newsletter.forms import PreferencesForm
from newsletter.links import preferences_path, reader_of_leave_link, reader_of_preferences_link
from newsletter.models import Subscriber
from newsletter.workflow import SubscriberState
from portal.accounts.permissions import public
from portal.emails.one_click import with_one_click

EXAMPLE = "example"


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_one_click
def leave(request: HttpRequest, token: str) -> HttpResponse:
    reader = reader_of_leave_link(token)
    if reader is None:
        return _no_such_link(request, token)
    if request.method != "POST":
        return render(request, "newsletter/leave.html", {"has_left": reader.state == SubscriberState.LEFT})
    subscriptions.leave(subscriber=reader)
    return render(request, "newsletter/left.html", {"preferences_url": preferences_path(reader.pk)})


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    reader = reader_of_preferences_link(token)
    if reader is None:
        return _no_such_link(request, token)
    form = PreferencesForm(request.POST if request.method == "POST" else None, initial={"choice": _now(reader)})
    context = {"form": form, "is_pending": reader.state == SubscriberState.PENDING}
    if request.method == "POST" and form.is_valid():
        try:
            context["done"] = _choose(reader, form.cleaned_data["choice"])
        except subscriptions.NotPossible as refusal:
            context["refusal"] = str(refusal)
    return render(request, "newsletter/preferences.html", context)


def _now(reader: Subscriber) -> str:
    if reader.state == SubscriberState.LEFT:
        return PreferencesForm.LEAVE
    return PreferencesForm.KEEP if reader.wants_issues else PreferencesForm.PAUSE


def _choose(reader: Subscriber, choice: str) -> str:
    """Do what was chosen; the answer says what holds now."""
    if choice == PreferencesForm.LEAVE:
        subscriptions.leave(subscriber=reader)
        return "You are off the list. We will send you no more newspapers."
    if reader.state == SubscriberState.LEFT:
        reader = subscriptions.come_back(subscriber=reader)
    subscriptions.choose(subscriber=reader, wants_issues=choice == PreferencesForm.KEEP)
    return {
        PreferencesForm.KEEP: "You will get each new issue.",
        PreferencesForm.PAUSE: "We will send nothing until you come back here.",
    }[choice]


def _no_such_link(request: HttpRequest, token: str) -> HttpResponse:
    return render(request, "newsletter/old_link.html", {"is_example": token == EXAMPLE}, status=404)
