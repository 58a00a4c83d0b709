"""Asking to hear what is new around a place, confirming it and ending it; opening a link changes nothing, for scanners do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from engagement.comments.actions import alerting
from engagement.comments.hearing.forms import AlertForm
from engagement.comments.hearing.links import alert_of_confirm_link, alert_of_end_link
from engagement.comments.models import PlaceComment
from portal.accounts.permissions import public
from portal.emails.one_click import with_one_click
from portal.pages.errors import too_many
from portal.refusals import Refused
from portal.spam import within_limit

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@public
@never_cache
@reading_or_sending
def ask(request: HttpRequest) -> HttpResponse:
    """The answer never tells whether an address is known."""
    around = PlaceComment.objects.published().with_references([request.GET.get("around", "")]).first()
    form = AlertForm(request.POST if request.method == "POST" else None, around=around)
    if request.method == "POST" and not within_limit(request, "comments.alert", limit=30, seconds=3600):
        return too_many(request)
    if request.method == "POST" and form.is_valid():
        try:
            alerting.ask_for_alert(**form.as_alert())
        except Refused as reason:
            form.add_error(None, reason.sentence)
        else:
            return redirect("comment_mail_sent")
    return render(request, "comments/alert_ask.html", {"form": form, "around": around})


@public
@never_cache
@reading_or_sending
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    alert = alert_of_confirm_link(token)
    if alert is None:
        return render(request, "comments/old_link.html", {"is_alert": True}, status=404)
    problem = ""
    if request.method == "POST":
        try:
            alert = alerting.confirm_alert(alert=alert)
        except Refused as reason:
            problem = reason.sentence
    return render(request, "comments/alert_confirm.html", {"alert": alert, "problem": problem})


@public
@never_cache
@reading_or_sending
@with_one_click
def end(request: HttpRequest, token: str) -> HttpResponse:
    is_ours, alert = alert_of_end_link(token)
    if not is_ours:
        return render(request, "comments/old_link.html", {"is_alert": True}, status=404)
    if alert is not None and request.method == "POST":
        alerting.end_alert(alert=alert)
        alert = None
    return render(request, "comments/alert_end.html", {"alert": alert})
