"""What is kept how long, what goes soon, what is held, and what was destroyed: counts and references, never a name."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.again import signed_in_again
from portal.accounts.permissions import StaffRequest, staff_view
from portal.operations.keeping.forms import EndForm, HoldForm
from portal.operations.keeping.nightly import HOLD, SEE
from portal.operations.keeping.references import found_by_reference, reference_of
from portal.paging import page_of
from portal.privacy.announcing import warned_periods, warning, what_goes_soon
from portal.privacy.certificates import verify_certificates
from portal.privacy.holds import LegalHold, end_hold, place_hold
from portal.privacy.models import Announcement, Certificate
from portal.privacy.periods import periods
from portal.privacy.purging import outlook
from portal.refusals import Refused

LOOK_AGAIN_AFTER = timedelta(days=90)
ON_A_PAGE = 50


@staff_view(SEE)
@require_safe
def kept(request: StaffRequest) -> HttpResponse:
    """Every period, the setting behind it, and how many are over now."""
    now = timezone.now()
    context = {
        "views": [outlook(period, now) for period in periods()],
        "last": Certificate.objects.sealed().newest_first().first(),
        "may_hold": request.user.has_perm(HOLD),
    }
    return render(request, "operations/admin/kept.html", context)


@staff_view(HOLD)
@require_safe
def soon(request: StaffRequest) -> HttpResponse:
    """What goes soon, what is held, and a way to hold something else by its reference."""
    asked = request.GET.get("reference", "").strip()
    found = found_by_reference(asked) if asked else None
    if found is not None:
        return redirect("keeping:hold", *found)
    said = page_of(Announcement.objects.soonest_first(), asked=request.GET, size=ON_A_PAGE)
    page = said.showing(what_goes_soon(timezone.now(), said.rows))
    held = [(hold, reference_of(hold)) for hold in LegalHold.objects.in_force().to_look_at_first()]
    context = {"page": page, "held": held, "asked": asked, "days": warning().days, "today": timezone.localdate()}
    return render(request, "operations/admin/soon.html", context)


@staff_view(HOLD)
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: StaffRequest, period: str, number: str) -> HttpResponse:
    """Keep one record beyond its time."""
    rows = {one.name: rows for one, rows in warned_periods()}.get(period)
    subject = rows.named(number) if rows is not None else None
    if rows is None or subject is None:
        raise Http404
    now = timezone.now()
    initial = {"review_on": timezone.localdate(now) + LOOK_AGAIN_AFTER}
    form = HoldForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            place_hold(subject=subject, by=request.user, now=now, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, f"{rows.refer(subject)} stays until somebody ends the hold.")
            return redirect("keeping:soon")
    context = {"form": form, "title": f"Keep {rows.refer(subject)}", "label": "Keep it"}
    return render(request, "operations/admin/hold.html", context, status=400 if form.is_bound else 200)


@staff_view(HOLD)
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_again
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """Let one go again when its time is over."""
    # A restriction is lifted where it was asked for, in the room of rights.
    held = get_object_or_404(LegalHold.objects.in_force().without_restrictions(), pk=pk)
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            end_hold(hold=held, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, f"{reference_of(held)} goes when its time is over. Before that you are told.")
            return redirect("keeping:soon")
    context = {"form": form, "title": f"End the hold on {reference_of(held)}", "label": "End it", "held": held}
    return render(request, "operations/admin/hold.html", context, status=400 if form.is_bound else 200)


@staff_view(SEE)
@require_safe
def certificates(request: StaffRequest) -> HttpResponse:
    """Every run, the newest first, and whether the chain of their seals is whole."""
    page = page_of(Certificate.objects.newest_first(), asked=request.GET, size=ON_A_PAGE)
    return render(request, "operations/admin/certificates.html", {"page": page, "wrong": verify_certificates()})


@staff_view(SEE)
@require_safe
def certificate(request: StaffRequest, pk: int) -> HttpResponse:
    """One of them, to read or to print."""
    found = get_object_or_404(Certificate, pk=pk)
    lines = _lines(found)
    context = {
        "certificate": found,
        "lines": [line for line in lines if line["is_told"]],
        "rest": [line for line in lines if not line["is_told"]],
    }
    return render(request, "operations/admin/certificate.html", context)


@staff_view(SEE)
@require_safe
def certificate_json(request: StaffRequest, pk: int) -> HttpResponse:
    """The same for a machine."""
    found = get_object_or_404(Certificate, pk=pk)
    told = {
        "number": found.pk,
        "began_at": found.began_at,
        "ended_at": found.ended_at,
        "is_whole": found.is_whole,
        "run_by": found.run_by,
        "periods": found.lines,
        "loose": found.loose,
        "seal_before": found.before_mac,
        "seal": found.mac,
    }
    return JsonResponse(told, headers={"Content-Disposition": f'attachment; filename="certificate-{found.pk}.json"'})


def _lines(found: Certificate) -> list[dict[str, Any]]:
    """What was destroyed first, then what could not be, then the rest."""
    lines = [
        {
            **line,
            "name": name,
            "before": date.fromisoformat(line["cutoff"][:10]),
            "is_told": bool(line["trouble"] or line["rows"] or line["files"] or line["held"]),
        }
        for name, line in found.lines.items()
    ]
    return sorted(lines, key=lambda line: (not line["trouble"], not (line["rows"] or line["files"]), line["name"]))
