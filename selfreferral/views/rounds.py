"""Rounds of asking for the lead, and the calls that people asked for, for whoever answers."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.permissions import StaffRequest, staff_view
from portal.emails.links import absolute
from portal.pages.context import site
from portal.paging import page_of
from portal.refusals import Refused
from selfreferral.actions.calls import have_rung, nobody_answered, not_rung_after_all
from selfreferral.actions.looking import write_look
from selfreferral.actions.surveys import make_links
from selfreferral.models import CallBack, ReferrerFeedback, Survey
from selfreferral.models.sealing import place
from selfreferral.people import ALLOCATE, WORK
from selfreferral.seeing.sight import Purpose
from selfreferral.surveying.calls import is_late, ring_by
from selfreferral.surveying.forms import PRINTED, LinksForm
from selfreferral.surveying.results import opened, results
from selfreferral.surveying.slips import slips
from selfreferral.vault import CannotOpen, VaultIsShut
from selfreferral.views.papers import as_pdf
from selfreferral.views.referral import show_shut
from selfreferral.views.silence import silently

ON_A_PAGE = 50


@staff_view(ALLOCATE)
@require_http_methods(["GET", "HEAD", "POST"])
def surveys(request: StaffRequest) -> HttpResponse:
    """The last rounds, and a form for a new one, which answers with the links themselves."""
    now = timezone.now()
    form = LinksForm(request.POST if request.method == "POST" else None, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        try:
            return _links(request, form)
        except Refused as refused:
            form.add_error(None, refused.sentence)
    page = page_of(Survey.objects.newest_first().with_answers(), asked=request.GET, size=ON_A_PAGE)
    context = {"form": form, "page": page, "today": timezone.localdate(now)}
    return render(request, "selfreferral/admin/surveys.html", context, status=400 if form.is_bound else 200)


@staff_view(ALLOCATE)
@require_safe
@silently
def survey(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One round, with what people wrote; that their words were opened is written first."""
    found = get_object_or_404(Survey, pk=pk)
    write_look(purpose=Purpose.VIEW, by=request.user, survey=str(found.pk))
    written = ReferrerFeedback.objects.of(found).with_words()
    page = page_of(written, asked=request.GET, size=ON_A_PAGE)
    try:
        said = opened(found, page)
    except (CannotOpen, VaultIsShut):
        return show_shut(request)
    context = {"results": results(found), "page": page.showing(said)}
    return render(request, "selfreferral/admin/survey.html", context)


@staff_view(WORK)
@require_safe
@silently
def calls(request: StaffRequest) -> HttpResponse:
    """Whom to ring; that the numbers were opened is written first."""
    now = timezone.now()
    page = page_of(CallBack.objects.waiting().select_related("survey", "tried_by"), asked=request.GET, size=ON_A_PAGE)
    write_look(purpose=Purpose.VIEW, by=request.user, calls=len(page))
    try:
        rows = [_to_ring(one, now) for one in page]
    except (CannotOpen, VaultIsShut):
        return show_shut(request)
    rung_just_now = CallBack.objects.rung_just_now(now).select_related("survey", "rung_by")
    return render(
        request, "selfreferral/admin/calls.html", {"page": page.showing(rows), "rung_just_now": rung_just_now}
    )


@staff_view(WORK)
@require_POST
def rung(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Somebody was rung and talked with us."""
    return _done(request, pk, have_rung, "Thank you. The number goes in ten minutes; until then you can undo it below.")


@staff_view(WORK)
@require_POST
def tried(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Nobody answered; they stay on the list."""
    return _done(request, pk, nobody_answered, "Written down. Try again another time.")


@staff_view(WORK)
@require_POST
def not_rung(request: StaffRequest, pk: UUID) -> HttpResponse:
    """“I rang them” was a slip."""
    return _done(request, pk, not_rung_after_all, "They wait for a call again.")


def _done(request: StaffRequest, pk: UUID, action: Callable[..., CallBack], thanks: str) -> HttpResponse:
    try:
        action(call=get_object_or_404(CallBack, pk=pk), by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, thanks)
    return redirect("selfreferral_staff:calls")


def _to_ring(call: CallBack, now: datetime) -> dict[str, object]:
    """One line of the list, with the number open."""
    phone = call.survey.strongbox().open(call.sealed_phone, place=place(call, "phone"))
    return {"call": call, "phone": phone, "ring_by": ring_by(call), "is_late": is_late(call, now=now)}


def _links(request: StaffRequest, form: LinksForm) -> HttpResponse:
    said = form.cleaned_data
    tokens = make_links(
        audience=said["audience"],
        how_many=said["how_many"],
        closes_on=said["closes_on"],
        by=request.user,
        now=timezone.now(),
    )
    addresses = [absolute(reverse("selfreferral:survey", args=[token])) for token in tokens]
    if said["shape"] == PRINTED:
        identity = site(request)["identity"]
        pdf = slips(audience=said["audience"], addresses=addresses, closes_on=said["closes_on"], identity=identity)
        return as_pdf(pdf, "slips.pdf")
    listed = HttpResponse("\n".join(addresses) + "\n", content_type="text/plain; charset=utf-8")
    listed.headers["Content-Disposition"] = 'attachment; filename="links.txt"'
    return listed
