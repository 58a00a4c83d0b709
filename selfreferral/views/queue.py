"""The queue: who waits, for how long and who holds them; nothing about anybody."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.permissions import StaffRequest, staff_view
from portal.refusals import Refused
from selfreferral.actions.triage import claim as claim_referral
from selfreferral.models import Referral
from selfreferral.people import SEE, WORK
from selfreferral.queue import chosen, rows, tabs

ON_A_PAGE = 50


@staff_view(SEE)
@require_safe
def queue(request: StaffRequest) -> HttpResponse:
    now, today = timezone.now(), timezone.localdate()
    show = request.GET.get("show", "")
    counts = Referral.objects.counts(user=request.user, now=now, today=today)
    found = chosen(show, user=request.user, now=now, today=today).without_words().most_pressing_first()
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("p"))
    context = {"tabs": tabs(show, counts), "page": page, "rows": rows(page.object_list, user=request.user, now=now)}
    return render(request, "selfreferral/admin/queue.html", context)


@staff_view(WORK)
@require_POST
def claim(request: StaffRequest, reference: str) -> HttpResponse:
    referral = get_object_or_404(Referral.objects.called(reference))
    try:
        claim_referral(referral=referral, by=request.user, now=timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("selfreferral_staff:queue")
    messages.success(request, f"You have picked up {referral.reference}, {referral.nickname}.")
    return redirect("selfreferral_staff:detail", reference=referral.reference)
