"""Asking to hear what becomes of a comment, confirming it and stopping; opening a link changes nothing, for scanners do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from engagement.comments.actions import following
from engagement.comments.hearing.forms import HearForm
from engagement.comments.hearing.links import follower_of_hear_link, follower_of_stop_link, yours_path
from engagement.comments.models import PlaceComment
from portal.accounts.permissions import public
from portal.emails.links import absolute
from portal.emails.one_click import with_one_click
from portal.pages.errors import too_many
from portal.references import normalise_reference
from portal.refusals import Refused
from portal.spam import within_limit

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])
# How many letters one connection may ask for.
MANY, MANY_SECONDS = 30, 60 * 60


def may_ask_to_hear(request: HttpRequest) -> bool:
    """Whether one more letter may be sent for this connection, whichever page asks for it."""
    return within_limit(request, "comments.hear", limit=MANY, seconds=MANY_SECONDS)


@public
@never_cache
@reading_or_sending
def hear(request: HttpRequest, reference: str) -> HttpResponse:
    """Leave an address to hear what becomes of a comment; the answer never tells whether an address is known."""
    comment = get_object_or_404(PlaceComment.objects.published(), reference=normalise_reference(reference))
    form = HearForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not may_ask_to_hear(request):
        return too_many(request)
    if request.method == "POST" and form.is_valid():
        try:
            following.ask_to_hear(comment=comment, address=form.cleaned_data["address"])
        except Refused as reason:
            form.add_error(None, reason.sentence)
        else:
            return redirect("comment_mail_sent")
    return render(request, "comments/hear.html", {"comment": comment, "form": form})


@public
@require_safe
def mail_sent(request: HttpRequest) -> HttpResponse:
    """The same words for every address, known or not."""
    return render(request, "comments/mail_sent.html")


@public
@never_cache
@reading_or_sending
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    follower = follower_of_hear_link(token)
    if follower is None:
        return render(request, "comments/old_link.html", status=404)
    if request.method == "POST":
        follower = following.confirm(follower=follower)
    is_proven = follower.is_author and follower.confirmed_at is not None
    own_address = absolute(yours_path(follower.comment)) if is_proven else ""
    context = {"follower": follower, "comment": follower.comment, "own_address": own_address}
    return render(request, "comments/hear_confirm.html", context)


@public
@never_cache
@reading_or_sending
@with_one_click
def stop(request: HttpRequest, token: str) -> HttpResponse:
    is_ours, follower = follower_of_stop_link(token)
    if not is_ours:
        return render(request, "comments/old_link.html", status=404)
    if follower is not None and request.method == "POST":
        if request.POST.get("what") == "everything":
            following.stop_everything(follower=follower)
        else:
            following.stop(follower=follower)
        follower = None
    return render(request, "comments/stop.html", {"follower": follower})
