"""Rounds of asking for the lead, and the calls that people asked for, for whoever answers."""

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
from selfreferral.actions.looking import write_look
from selfreferral.actions.surveys import have_rung, make_links
from selfreferral.models import CallBack, ReferrerFeedback, Survey
from selfreferral.models.sealing import place
from selfreferral.people import ALLOCATE, WORK
from selfreferral.seeing.sight import Purpose
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
    page = page_of(CallBack.objects.waiting().select_related("survey"), asked=request.GET, size=ON_A_PAGE)
    write_look(purpose=Purpose.VIEW, by=request.user, calls=len(page))
    try:
        rows = [(one, one.survey.strongbox().open(one.sealed_phone, place=place(one, "phone"))) for one in page]
    except (CannotOpen, VaultIsShut):
        return show_shut(request)
    return render(request, "selfreferral/admin/calls.html", {"page": page.showing(rows)})


@staff_view(WORK)
@require_POST
def rung(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Somebody was rung."""
    try:
        have_rung(call=get_object_or_404(CallBack, pk=pk), by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, "Thank you. The number is gone.")
    return redirect("selfreferral_staff:calls")


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
