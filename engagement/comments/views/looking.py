"""What is done beside deciding: saying that one has a comment open, ticking the checklist, and passing a cry for help on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from engagement.comments.actions.handing_over import hand_over
from engagement.comments.actions.reading import shut_comment, still_open, tick
from engagement.comments.desk.forms import ChecklistForm, HandOverForm
from engagement.comments.models import PlaceComment
from engagement.comments.workflow import MODERATE
from portal.accounts.permissions import StaffRequest, staff_view
from portal.refusals import Refused


@staff_view(MODERATE)
@require_POST
def still_here(request: StaffRequest, reference: str) -> HttpResponse:
    """The page is still open; the answer says who else has it open."""
    comment = get_object_or_404(PlaceComment, reference=reference)
    colleagues = still_open(comment=comment, by=request.user, now=timezone.now())
    return render(request, "comments/admin/colleagues.html", {"colleagues": colleagues})


@staff_view(MODERATE)
@require_POST
def shut(request: StaffRequest, reference: str) -> HttpResponse:
    """The page was left."""
    shut_comment(comment=get_object_or_404(PlaceComment, reference=reference), by=request.user)
    return HttpResponse(status=204)


@staff_view(MODERATE)
@require_POST
def check(request: StaffRequest, reference: str) -> HttpResponse:
    """Which lines of the checklist were looked at."""
    comment = get_object_or_404(PlaceComment, reference=reference)
    form = ChecklistForm(request.POST)
    if form.is_valid():
        tick(comment=comment, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "The checklist is kept.")
    return redirect("comments_desk_comment", reference)


@staff_view(MODERATE)
@require_POST
def pass_on(request: StaffRequest, reference: str) -> HttpResponse:
    """To the people who help, because the author said so."""
    comment = get_object_or_404(PlaceComment, reference=reference)
    form = HandOverForm(request.POST)
    form.is_valid()
    try:
        hand_over(comment=comment, by=request.user, now=timezone.now(), **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "It is with the people who help. They get in touch in the way that was said.")
    return redirect("comments_desk_comment", reference)
