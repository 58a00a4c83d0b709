"""The coordinator's screen of what residents say is wrong."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from engagement.directory.actions.corrections import settle_correction
from engagement.directory.keeping.forms import OutcomeForm
from engagement.directory.keeping.staff import SETTLE_CORRECTION
from engagement.directory.keeping.told import told
from engagement.directory.models import Correction
from portal.accounts.permissions import StaffRequest, staff_view
from portal.paging import page_of

A_PAGE, LATELY = 20, 10


@staff_view(SETTLE_CORRECTION)
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    waiting = Correction.objects.open().with_entry().oldest_first()
    page = page_of(waiting, asked=request.GET, size=A_PAGE)
    settled = Correction.objects.with_entry().settled_last(LATELY)
    return render(request, "directory/admin/wrong.html", {"page": page, "told": told(page), "settled": settled})


@staff_view(SETTLE_CORRECTION)
@require_POST
def seen_to(request: StaffRequest, pk: int) -> HttpResponse:
    correction, form = get_object_or_404(Correction.objects.with_entry(), pk=pk), OutcomeForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Nothing was changed. Say what came of it in 300 letters or fewer.")
    elif settle_correction(correction=correction, outcome=form.cleaned_data["outcome"], by=request.user):
        messages.success(request, f"{correction.entry}: seen to. It is forgotten after 90 days.")
    else:
        messages.error(request, "Somebody has seen to it already.")
    return redirect("directory_wrong")
