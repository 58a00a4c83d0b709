"""The second person of two: an administrator sees the reference of a record and why it should go, and decides."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.permissions import StaffRequest, staff_view
from portal.paging import page_of
from portal.refusals import Refused
from selfreferral.actions.erasing import erase, refuse_erasure
from selfreferral.models import ErasureRequest
from selfreferral.people import ERASE
from selfreferral.views.silence import silently

ON_A_PAGE = 50
ANSWERS = {
    "erase": (erase, "Erased. Nobody can read any of it again."),
    "keep": (refuse_erasure, "It stays. The lead can see that you did not agree."),
}


@staff_view(ERASE)
@require_safe
def erasures(request: StaffRequest) -> HttpResponse:
    """What waits for an answer, and what was answered."""
    every = ErasureRequest.objects.by_reference()
    page = page_of(every.decided_lately(), asked=request.GET, size=ON_A_PAGE)
    return render(request, "selfreferral/admin/erasures.html", {"waiting": every.waiting(), "page": page})


@staff_view(ERASE)
@require_safe
def erasure(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One of them, with the two answers."""
    wish = get_object_or_404(ErasureRequest.objects.by_reference(), pk=pk)
    same = [referral.reference for referral in wish.referral.all_merged]
    context = {"wish": wish, "same": same, "is_mine": wish.asked_by_id == request.user.pk}
    return render(request, "selfreferral/admin/erasure.html", context)


@staff_view(ERASE)
@require_POST
@silently
def decide(request: StaffRequest, pk: UUID, answer: str) -> HttpResponse:
    """Erase it, or keep it."""
    act, thanks = ANSWERS[answer]
    wish = get_object_or_404(ErasureRequest, pk=pk)
    try:
        act(wish=wish, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, thanks)
    return redirect("selfreferral_together:erasures")
