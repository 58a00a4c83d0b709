"""Somebody tells us what they think of our help, by a link that names nobody.

Whoever opens a link that was used learns nothing of the answer: only the browser that gave it is thanked, and asked whether
we should ring.
"""

from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portal.clock import say_date
from portal.refusals import Refused
from portal.spam import within_limit
from selfreferral.actions.surveys import answer, ask_for_call, link_called
from selfreferral.models import CallBack
from selfreferral.models.sealing import place
from selfreferral.refusals import NoLink
from selfreferral.surveying.calls import ring_by
from selfreferral.surveying.forms import AnswerForm, CallForm
from selfreferral.views.privately import PrivateView, privately

# Many people may share one address: a hall, a team. More than this in ten minutes is a machine.
MOST, WITHIN = 60, 10 * 60
# Says for some minutes that this browser gave the answer of a link, and which call it asked for.
COOKIE, COOKIE_LASTS = "answered", timedelta(minutes=15)
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
    """The questions; afterwards, in this browser alone, thanks and what comes next."""
    now = timezone.now()
    link = link_called(token, now=now)
    if link.is_used:
        return _after(request, token, CallForm() if link.may_ask_for_call else None)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        answer(token=token, stars=said["stars"], good=said["good"], better=said["better"], now=now)
        return _remembering(redirect("selfreferral:survey", token=token), token)
    return render(request, "selfreferral/survey.html", {"form": form, "closes_on": link.survey.closes_on})


@privately
@_by_link
@in_turn
def call(request: HttpRequest, token: str) -> HttpResponse:
    """A number to ring, once, from the browser that gave the answer."""
    if request.method != "POST":
        return redirect("selfreferral:survey", token=token)
    form = CallForm(request.POST)
    if _remembered(request, token) is None:
        return _after(request, token, None)
    if form.is_valid():
        try:
            asked = ask_for_call(token=token, phone=form.cleaned_data["phone"], now=timezone.now())
        except Refused as refused:
            form.add_error("phone", refused.sentence)
        else:
            return _remembering(redirect("selfreferral:survey", token=token), token, asked)
    return _after(request, token, form)


def _after(request: HttpRequest, token: str, form: CallForm | None) -> HttpResponse:
    """What a used link shows: to the browser that used it what comes next, to anybody else nothing."""
    asked_for = _remembered(request, token)
    if asked_for is None:
        return render(request, "selfreferral/survey_over.html", {"is_used": True}, status=410)
    context = {"token": token, "form": form, **_promise(asked_for)}
    return render(request, "selfreferral/survey_thanks.html", context)


def _promise(asked_for: str) -> dict[str, str]:
    """Which number we ring by when, while it is kept."""
    if not asked_for:
        return {}
    asked = CallBack.objects.waiting().numbered(asked_for).select_related("survey").first()
    if asked is None:
        return {}
    phone = str(asked.survey.strongbox().open(asked.sealed_phone, place=place(asked, "phone")))
    return {"phone": phone, "by": say_date(ring_by(asked))}


def _remembering(response: HttpResponse, token: str, asked: CallBack | None = None) -> HttpResponse:
    """Have the browser know for some minutes that it gave this answer, on the pages of this link only."""
    response.set_signed_cookie(
        COOKIE,
        f"{token}:{asked.pk if asked else ''}",
        path=reverse("selfreferral:survey", args=[token]),
        max_age=COOKIE_LASTS,
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _remembered(request: HttpRequest, token: str) -> str | None:
    """None where another browser gave the answer, or this one some time ago; else the call it asked for, or nothing."""
    said = request.get_signed_cookie(COOKIE, default="", max_age=COOKIE_LASTS) or ""
    whose, _, asked_for = said.partition(":")
    return asked_for if whose == token else None
