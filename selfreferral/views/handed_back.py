"""When a page could not be kept, the words that were sent with it are handed back on the answer, and stand nowhere else."""

import logging
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from selfreferral.questions import flow
from selfreferral.questions.flow import Progress
from selfreferral.questions.pages import PAGES
from selfreferral.questions.shapes import Question

log = logging.getLogger(__name__)
TRY_AGAIN_AFTER_SECONDS = 30
# Ours, not theirs: what keeps forged and mechanical forms out, and which page it was.
NOT_SHOWN = {"page", "website", "shown"}


def handed_back(request: HttpRequest) -> dict[str, Any]:
    """Everything that was sent, once for sending again (`sent`) and once for reading (`rows`)."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"]
    return {
        "action": request.path,
        "is_form": request.method == "POST",
        "sent": sent,
        "rows": [row for name, values in request.POST.lists() if (row := _row(name, values))],
        "csrf_token": get_token(request),
    }


def stuck(request: HttpRequest, error: DatabaseError) -> HttpResponse:
    """We could not keep it now: sorry, here it is, try again. Where even our own number cannot be read, the page does without."""
    log.error("A page of somebody who asks could not be read or kept: %s.", type(error).__name__)
    context = handed_back(request)
    try:
        response = render(request, "selfreferral/stuck.html", context, status=503)
    except DatabaseError:
        response = HttpResponse(render_to_string("selfreferral/stuck.html", context), status=503)
    response.headers["Retry-After"] = str(TRY_AGAIN_AFTER_SECONDS)
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """It broke, and that is our fault: the same words and the same way out, with nothing looked up."""
    response = HttpResponse(render_to_string("selfreferral/stuck.html", handed_back(request)), status=500)
    response.headers["Cache-Control"] = "no-store"
    return response


def again(request: HttpRequest) -> HttpResponse:
    """The form stood open for too long to be believed: here are the words, to send once more."""
    return render(request, "selfreferral/stuck.html", handed_back(request), status=403)


def shut(request: HttpRequest) -> HttpResponse:
    """Our keys do not open: nothing may be taken in, and what was just sent goes back to whoever sent it."""
    return render(request, "selfreferral/shut.html", handed_back(request), status=503)


def closed(request: HttpRequest) -> HttpResponse:
    """What this browser had here rested for too long. Words that it sent too late are handed back, to begin again with."""
    if not has_words(request):
        return redirect("selfreferral:closed")
    context = {**handed_back(request), "action": reverse("selfreferral:start"), "may_begin": begins_with(request)}
    return render(request, "selfreferral/closed.html", context, status=410)


def has_words(request: HttpRequest) -> bool:
    """Whether anything was sent that somebody typed or chose."""
    return bool(request.POST.keys() - NOT_SHOWN - {"csrfmiddlewaretoken"})


def begins_with(request: HttpRequest) -> flow.Step | None:
    """The page that these words answer, if everybody is asked it."""
    page = request.POST.get("page")
    return next((step for step in Progress.empty().path.steps if step.page.key == page and step.keys), None)


def front_page() -> HttpResponseRedirect:
    return HttpResponseRedirect("/")


def _row(name: str, values: list[str]) -> dict[str, str] | None:
    """A field in words, where it has any."""
    if name in NOT_SHOWN or name == "csrfmiddlewaretoken" or not any(values):
        return None
    for page in PAGES:
        for question in page.questions:
            if question.key == name:
                label = " ".join(words.removesuffix("…").removeprefix("…") for words in (page.heading, question.asks))
                return {"label": label.strip(), "value": _said(question, values)}
    return {"label": "", "value": " ".join(values)}


def _said(question: Question, values: list[str]) -> str:
    offered = dict(question.choices)
    return ", ".join(offered.get(value, value) for value in values)
