"""Somebody says by themselves how they are, with a code that shows nothing of them and works once."""

from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.refusals import Refused
from portal.spam import within_limit
from selfreferral.actions.assessments import check_code, fill_in
from selfreferral.models import Domain
from selfreferral.questions.stages import CodeForm, OwnStagesForm
from selfreferral.refusals import NoCode
from selfreferral.views.privately import PrivateView, privately

COOKIE, COOKIE_PATH = "how", "/here/how/"
SENT_COOKIE, SENT_PATH, SENT_LASTS = "how-sent", "/here/how/thanks/", timedelta(minutes=15)
TRIES, TRIES_WITHIN = 10, 10 * 60
TRIES_OF_ALL, ALL_WITHIN = 300, 60
OPENS_NOTHING = (
    "This code does not work. Check each letter. It may have been used already, or be more than seven days old: ask us for "
    "a new one."
)
in_turn = require_http_methods(["GET", "HEAD", "POST"])


def _back_to_start(view: PrivateView) -> PrivateView:
    """A code that opens nothing any more leads back to where one is typed in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NoCode:
            return without_code(redirect("selfreferral:how"))

    return guarded


@privately
@in_turn
def how(request: HttpRequest) -> HttpResponse:
    """The code in; one that opens nothing gets one answer, whatever the reason."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not _may_try(request):
            form.add_error(None, "There were many tries. Wait ten minutes, or ring us.")
            return render(request, "selfreferral/how.html", {"form": form}, status=429)
        try:
            code = check_code(typed=form.cleaned_data["code"], now=timezone.now())
        except NoCode:
            form.add_error("code", OPENS_NOTHING)
        else:
            return with_code(redirect("selfreferral:stages"), code)
    return render(request, "selfreferral/how.html", {"form": form})


@privately
@_back_to_start
@in_turn
def stages(request: HttpRequest) -> HttpResponse:
    """One number for each part of life, all on one page."""
    now = timezone.now()
    # Only what we handed out ourselves is looked up, so that nobody tries codes here one by one.
    code = check_code(typed=request.get_signed_cookie(COOKIE, default="") or "", now=now)
    form = OwnStagesForm(request.POST if request.method == "POST" else None, domains=Domain.objects.asked())
    if request.method == "POST" and form.is_valid():
        try:
            fill_in(code=code, stages=form.stages, words=form.cleaned_data["words"], now=now)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            return just_sent(without_code(redirect("selfreferral:said")))
    return render(request, "selfreferral/stages.html", {"form": form})


@privately
@require_safe
def said(request: HttpRequest) -> HttpResponse:
    """Thanks, in the browser that has just sent something; any other goes to where a code is typed in."""
    if not request.get_signed_cookie(SENT_COOKIE, default="", max_age=SENT_LASTS):
        return redirect("selfreferral:how")
    return render(request, "selfreferral/said.html")


def with_code(response: HttpResponse, code: str) -> HttpResponse:
    """Hand the code to the browser for as long as it is open, for these pages only, out of reach of scripts."""
    is_secure = settings.SESSION_COOKIE_SECURE
    response.set_signed_cookie(COOKIE, code, path=COOKIE_PATH, httponly=True, samesite="Strict", secure=is_secure)
    return response


def just_sent(response: HttpResponse) -> HttpResponse:
    """Have the browser know for some minutes that its numbers came."""
    response.set_signed_cookie(
        SENT_COOKIE,
        "yes",
        path=SENT_PATH,
        max_age=SENT_LASTS,
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def without_code(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(COOKIE, path=COOKIE_PATH, samesite="Strict")
    response.cookies[COOKIE]["secure"] = settings.SESSION_COOKIE_SECURE
    response.cookies[COOKIE]["httponly"] = True
    return response


def _may_try(request: HttpRequest) -> bool:
    is_few = within_limit(request, "selfreferral.how", limit=TRIES, seconds=TRIES_WITHIN)
    return is_few and within_limit(
        request, "selfreferral.how.all", limit=TRIES_OF_ALL, seconds=ALL_WITHIN, is_for_all=True
    )
