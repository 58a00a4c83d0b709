"""Leaving, by a signed link and without a password. Opening the link changes nothing: mail scanners open them all."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from newsletter.actions import subscriptions
from newsletter.links import preferences_path, reader_of_leave_link
from newsletter.views.old_links import no_such_link
from newsletter.workflow import SubscriberState
from portal.accounts.permissions import public
from portal.emails.one_click import with_one_click


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_one_click
def leave(request: HttpRequest, token: str) -> HttpResponse:
    reader = reader_of_leave_link(token)
    if reader is None:
        return no_such_link(request, token)
    if request.method != "POST":
        return render(request, "newsletter/leave.html", {"has_left": reader.state == SubscriberState.LEFT})
    reader = subscriptions.leave(subscriber=reader)
    may_undo = bool(reader.email and reader.confirmed_at)
    return render(request, "newsletter/left.html", {"preferences_url": preferences_path(reader.pk) if may_undo else ""})
