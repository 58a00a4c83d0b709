"""The queue: who waits, for how long and who holds them; nothing about anybody."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.permissions import StaffRequest, staff_view
from portal.changes import remembered
from portal.refusals import Refused
from selfreferral.actions.looking import write_look
from selfreferral.actions.triage import claim as claim_referral
from selfreferral.models import CallBack, Referral
from selfreferral.people import SEE, WORK
from selfreferral.queue.finding import LONGEST, MOST_FOUND, find
from selfreferral.queue.rows import TABS, Queue, tabs
from selfreferral.seeing.sight import Purpose
from selfreferral.views.silence import silently

ON_A_PAGE = 50


@staff_view(SEE)
@require_safe
def queue(request: StaffRequest) -> HttpResponse:
    """A tab of the queue, a page at a time; on the first one whoever was lost stands above all else."""
    queue = Queue.before(request.user, now=timezone.now(), today=timezone.localdate())
    show = request.GET.get("show", "")
    show = show if show in TABS else ""
    stretches = queue.stretches(show)
    after = stretches.read_mark(request.GET.get("after", ""))
    page = stretches.page(after=after, size=ON_A_PAGE)
    lost = [] if after or show == "finished" else queue.lost()
    context = {
        "tabs": tabs(show, queue.counts()),
        "lost": queue.rows(lost),
        "rows": queue.rows(one for one in page.referrals if one not in lost),
        "next_mark": page.next_mark,
        "is_first_page": after is None,
        "calls": remembered("calls that wait", CallBack.objects.waiting().count),
    }
    return render(request, "selfreferral/admin/queue.html", context)


@staff_view(SEE)
@require_POST
@silently
def search(request: StaffRequest) -> HttpResponse:
    """Sent by POST, so that nobody's name lies in an address; the look is written before anything is shown."""
    typed = request.POST.get("typed", "").strip()[:LONGEST]
    if not typed:
        return redirect("selfreferral_staff:queue")
    queue = Queue.before(request.user, now=timezone.now(), today=timezone.localdate())
    found = find(typed, user=request.user)
    write_look(purpose=Purpose.SEARCH, by=request.user, found=len(found))
    context = {
        "tabs": tabs("search", queue.counts()),
        "rows": queue.rows(found[:MOST_FOUND]),
        "typed": typed,
        "has_more": len(found) > MOST_FOUND,
        "is_first_page": True,
    }
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
