"""How one person says that they are: the page for the worker, the code, the tablet that is handed over, the paper sheet."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.permissions import StaffRequest, staff_view
from portal.emails.links import absolute
from portal.pages.context import site
from portal.pdf import typeset
from portal.refusals import Refused
from selfreferral.actions.assessments import give_code, record_assessment
from selfreferral.actions.looking import look
from selfreferral.deeds.record import may_add
from selfreferral.deeds.shapes import Situation
from selfreferral.models import Domain, Referral
from selfreferral.people import SEE, WORK
from selfreferral.questions.stages import ENDS, StagesForm, TypedStagesForm
from selfreferral.reading import OpenReferral
from selfreferral.refusals import Hidden
from selfreferral.vault import CannotOpen, VaultIsShut
from selfreferral.views.referral import find, show_hidden, show_shut
from selfreferral.views.silence import silently
from selfreferral.views.stages import with_code


@staff_view(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
@silently
def page(request: StaffRequest, reference: str) -> HttpResponse:
    """What they said so far, and a form to type in one more."""
    referral, now = find(reference), timezone.now()
    try:
        opened = look(referral=referral, by=request.user, now=now)
    except Hidden as hidden:
        return show_hidden(request, referral, hidden.sight, status=403)
    except (CannotOpen, VaultIsShut):
        return show_shut(request, referral)
    form = TypedStagesForm(
        request.POST if request.method == "POST" else None,
        domains=Domain.objects.asked(),
        given=opened.how_they_are.given,
        today=timezone.localdate(now),
    )
    if request.method == "POST" and form.is_valid():
        try:
            _record(request, referral, form)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            return _page(request, referral, opened, form, status=refused.status)
        messages.success(request, "Written down.")
        return redirect("selfreferral_staff:assess", reference=referral.reference)
    return _page(request, referral, opened, form, status=400 if form.is_bound else 200)


@staff_view(WORK)
@require_POST
@silently
def code(request: StaffRequest, reference: str) -> HttpResponse:
    """A code for the person's own phone, shown this once."""
    referral = find(reference)
    try:
        made = give_code(referral=referral, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("selfreferral_staff:assess", reference=referral.reference)
    address = absolute("/here/how/")
    context = {"referral": referral, "code": made, "address": address}
    return render(request, "selfreferral/admin/assessment_code.html", context)


@staff_view(WORK)
@require_POST
@silently
def hand_over(request: StaffRequest, reference: str) -> HttpResponse:
    """This tablet is handed to the person: the worker is signed out first, so that nothing of ours is open behind it."""
    referral = find(reference)
    try:
        made = give_code(referral=referral, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("selfreferral_staff:assess", reference=referral.reference)
    logout(request)
    return with_code(redirect("selfreferral:stages"), made)


@staff_view(SEE)
@require_safe
def sheet(request: StaffRequest) -> HttpResponse:
    """The same questions on paper, blank, to take along."""
    identity = site(request)["identity"]
    values = {
        "name": identity.name,
        "place": identity.place_name,
        "phone": identity.contact_phone,
        "asks": [domain.asks for domain in Domain.objects.asked()],
        "low": ENDS[1],
        "high": ENDS[10],
        "size": 17.0 if request.GET.get("print") == "large" else 11.0,
    }
    response = HttpResponse(typeset("paper/how-you-are", values), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="sheet.pdf"'
    return response


def _record(request: StaffRequest, referral: Referral, form: StagesForm) -> None:
    said = form.cleaned_data
    record_assessment(
        referral=referral,
        stages=form.stages,
        way=said["way"],
        given_on=said["given_on"],
        words=said["words"],
        corrects=said["corrects"],
        by=request.user,
        now=timezone.now(),
    )


def _page(
    request: StaffRequest, referral: Referral, opened: OpenReferral, form: StagesForm, *, status: int
) -> HttpResponse:
    context = {
        "referral": referral,
        "opened": opened,
        "form": form,
        "may_add": request.user.has_perm(WORK) and may_add(Situation(referral, request.user, opened)),
    }
    return render(request, "selfreferral/admin/assess.html", context, status=status)
