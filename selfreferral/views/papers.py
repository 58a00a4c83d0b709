"""One record on paper: printed for a worker, or given to the person who asks what we hold."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.again import signed_in_again
from portal.accounts.permissions import StaffRequest, staff_view
from portal.clock import LONDON, say_date
from portal.refusals import Refused
from selfreferral.actions.giving import give_record
from selfreferral.actions.looking import look
from selfreferral.exports.forms import GiveForm
from selfreferral.exports.printing import record_pdf, worker_sections
from selfreferral.models import Referral
from selfreferral.people import ALLOCATE, SEE
from selfreferral.reading.held import KeptBack
from selfreferral.refusals import Hidden
from selfreferral.seeing.sight import Purpose
from selfreferral.vault import CannotOpen, VaultIsShut
from selfreferral.views.referral import find, show, show_shut
from selfreferral.views.silence import silently

BANNER = "Keep this with you or locked away. Destroy it when you are done."


@staff_view(SEE)
@require_POST
@silently
def printed(request: StaffRequest, reference: str) -> HttpResponse:
    """The record to take along; that it was printed is written first."""
    referral, now = find(reference), timezone.now()
    try:
        opened = look(referral=referral, by=request.user, now=now, purpose=Purpose.PRINT)
    except Hidden:
        return show(request, referral, status=403)
    except (CannotOpen, VaultIsShut):
        return show_shut(request, referral)
    here = now.astimezone(LONDON)
    pdf = record_pdf(
        title=referral.nickname,
        reference=referral.reference,
        banner=BANNER,
        made=f"Printed by {request.user.display_name} on {say_date(here.date())} {here:%Y, %H:%M}",
        sections=worker_sections(referral, opened),
        print_size="large" if request.POST.get("print") == "large" else "",
    )
    return as_pdf(pdf, f"{referral.reference}.pdf")


@staff_view(ALLOCATE)
@signed_in_again
@require_http_methods(["GET", "HEAD", "POST"])
@silently
def given(request: StaffRequest, reference: str) -> HttpResponse:
    """What we hold, for the person who asks."""
    referral, status = find(reference), 200
    form = GiveForm(request.POST or None)
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                return as_pdf(_give(request, referral, form), f"{referral.reference}-held.pdf")
            except Refused as refused:
                form.add_error(None, refused.sentence)
                status = refused.status
            except (CannotOpen, VaultIsShut):
                return show_shut(request, referral)
    return render(request, "selfreferral/admin/give.html", {"referral": referral, "form": form}, status=status)


def _give(request: StaffRequest, referral: Referral, form: GiveForm) -> bytes:
    said = form.cleaned_data
    return give_record(
        referral=referral,
        check=said["check"],
        kept_back=KeptBack(said["is_referrer_kept_back"], said["is_risk_kept_back"], said["why"]),
        is_large=said["is_large"],
        by=request.user,
        now=timezone.now(),
    )


def as_pdf(pdf: bytes, name: str) -> HttpResponse:
    """Pages to save, kept by nobody on the way."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
