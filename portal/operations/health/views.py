"""The page of health, what an administrator decides there after a restore, and the figures for Prometheus."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal import clock
from portal.accounts.permissions import StaffRequest, public, staff_view
from portal.operations.backup import holding
from portal.operations.health.figures import all_figures
from portal.operations.health.metrics import as_text
from portal.operations.models import Restoration

SEE = "operations.view_health"
KEEP_RUNNING = "operations.keep_running"


@staff_view(SEE)
@require_safe
def page(request: StaffRequest) -> HttpResponse:
    now = clock.now()
    found = all_figures(now)
    context = {
        "bad": [one for one in found if one.figure.is_well is False],
        "rest": [one for one in found if one.figure.is_well is not False],
        "restoration": Restoration.objects.waiting(),
        "aside": [(path, in_words(path), number) for path, number in sorted(holding.set_aside().items())],
        "may_act": request.user.has_perm(KEEP_RUNNING),
        "looked_at": now,
    }
    return render(request, "operations/admin/health.html", context)


def in_words(path: str) -> str:
    """Work by the name of its function and of its room: "Send first mail (newsletter)"."""
    words = path.rpartition(".")[2].replace("_", " ")
    return f"{words[:1].upper()}{words[1:]} ({path.partition('.')[0]})"


@staff_view(KEEP_RUNNING)
@require_POST
def go_on(request: StaffRequest, pk: int) -> HttpResponse:
    holding.go_on(restoration=get_object_or_404(Restoration, pk=pk), by=request.user, now=clock.now())
    messages.success(request, "Regular work goes on.")
    return redirect("health:page")


@staff_view(KEEP_RUNNING)
@require_POST
def decide_aside(request: StaffRequest) -> HttpResponse:
    """What was set aside is done after all, or never."""
    task, answer = request.POST.get("task", ""), request.POST.get("answer", "")
    if answer not in {"do", "leave_out"}:
        raise Http404
    decide = holding.do_after_all if answer == "do" else holding.leave_out
    how_many = decide(task_path=task[:200], by=request.user)
    messages.success(request, f"{how_many} handed to the worker." if answer == "do" else f"{how_many} left out.")
    return redirect("health:page")


@public
@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Nothing to see without a token in the settings; with one, only for whoever shows it."""
    if not settings.METRICS_TOKEN:
        raise Http404
    shown = request.headers.get("Authorization", "")
    if not constant_time_compare(shown.encode(), f"Bearer {settings.METRICS_TOKEN}".encode()):
        return HttpResponse("Show the token.\n", "text/plain", 401, headers={"WWW-Authenticate": "Bearer"})
    text, sort = as_text(clock.now())
    return HttpResponse(text, content_type=sort)
