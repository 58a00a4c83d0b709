"""Somebody tells us what they think of our help, by a link that names nobody."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from portal.refusals import Refused
from portal.spam import within_limit
from selfreferral.actions.surveys import answer, ask_for_call, link_called
from selfreferral.refusals import NoLink
from selfreferral.surveying.forms import AnswerForm, CallForm
from selfreferral.views.privately import PrivateView, privately

# Many people may share one address: a hall, a team. More than this in ten minutes is a machine.
MOST, WITHIN = 60, 10 * 60
in_turn = require_http_methods(["GET", "HEAD", "POST"])


def _by_link(view: PrivateView) -> PrivateView:
    """A link that leads nowhere any more says so, whatever the reason; trying many is refused."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not within_limit(request, "selfreferral.survey", limit=MOST, seconds=WITHIN):
            return render(request, "selfreferral/survey_over.html", {"is_too_many": True}, status=429)
        try:
            return view(request, *args, **kwargs)
        except NoLink:
            return render(request, "selfreferral/survey_over.html", status=410)

    return guarded


@privately
@_by_link
@in_turn
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """The questions; afterwards thanks, and for somebody who was unhappy the question whether we should ring."""
    now = timezone.now()
    link = link_called(token, now=now)
    if link.is_used:
        context = {"token": token, "form": CallForm() if link.may_ask_for_call else None}
        return render(request, "selfreferral/survey_thanks.html", context)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        answer(token=token, stars=said["stars"], good=said["good"], better=said["better"], now=now)
        return redirect("selfreferral:survey", token=token)
    return render(request, "selfreferral/survey.html", {"form": form, "closes_on": link.survey.closes_on})


@privately
@_by_link
@require_POST
def call(request: HttpRequest, token: str) -> HttpResponse:
    """A number to ring, once."""
    form = CallForm(request.POST)
    if form.is_valid():
        try:
            ask_for_call(token=token, phone=form.cleaned_data["phone"], now=timezone.now())
        except Refused as refused:
            form.add_error("phone", refused.sentence)
        else:
            return redirect("selfreferral:survey", token=token)
    return render(request, "selfreferral/survey_thanks.html", {"token": token, "form": form})
