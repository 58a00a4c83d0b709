"""The agreements under which something may be shared: the lead writes them down and ends them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.permissions import StaffRequest, staff_view
from portal.paging import page_of
from portal.refusals import Refused
from selfreferral.actions.sharing import end_agreement, record_agreement
from selfreferral.models import SharingAgreement
from selfreferral.people import ALLOCATE
from selfreferral.sharing.forms import AgreementForm

ON_A_PAGE = 50


@staff_view(ALLOCATE)
@require_safe
def agreements(request: StaffRequest) -> HttpResponse:
    """Every agreement, the newest first, and what may still be done with it."""
    today = timezone.localdate()
    page = page_of(SharingAgreement.objects.newest_first(), asked=request.GET, size=ON_A_PAGE)
    rows = [(agreement, agreement.standing(today), agreement.may_end(today)) for agreement in page]
    return render(request, "selfreferral/admin/agreements.html", {"page": page, "rows": rows})


@staff_view(ALLOCATE)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: StaffRequest) -> HttpResponse:
    """Write one down."""
    form = AgreementForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = 400
        if form.is_valid():
            try:
                record_agreement(by=request.user, now=timezone.now(), **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, refused.sentence)
            else:
                messages.success(request, "The agreement is written down.")
                return redirect("selfreferral_together:agreements")
    return render(request, "selfreferral/admin/agreement_form.html", {"form": form}, status=status)


@staff_view(ALLOCATE)
@require_POST
def end(request: StaffRequest, pk: UUID) -> HttpResponse:
    """End one before its day."""
    agreement = get_object_or_404(SharingAgreement, pk=pk)
    try:
        end_agreement(agreement=agreement, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, "The agreement has ended. Nothing is shown under it any more.")
    return redirect("selfreferral_together:agreements")
