"""Where a decision leads: back to where its form stood, or, asked by the desk's script, only the row that it changed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from engagement.comments.desk.rows import row_of
from engagement.comments.models import PlaceComment, SavedReply
from portal.accounts.permissions import StaffRequest


def is_in_place(request: HttpRequest) -> bool:
    """The desk's script asks for one row instead of the whole page."""
    return request.headers.get("X-In-Place") == "1"


def done(request: StaffRequest, reference: str, sentence: str, *, is_settled: bool = False) -> HttpResponse:
    """It worked: say so, where the person is."""
    if is_in_place(request):
        return one_row(request, reference, said=sentence, is_settled=is_settled)
    messages.success(request, sentence)
    return back(request, reference)


def refused(request: StaffRequest, reference: str, sentence: str) -> HttpResponse:
    """It did not work: say why, and show how things stand."""
    if is_in_place(request):
        return one_row(request, reference, refusal=sentence, status=409)
    messages.error(request, f"{reference}: {sentence}")
    return back(request, reference)


def one_row(
    request: StaffRequest, reference: str, *, is_settled: bool = False, status: int = 200, **said: Any
) -> HttpResponse:
    """The row of one comment as it stands now; what is settled is one line with a way back."""
    now = timezone.now()
    comment = get_object_or_404(PlaceComment.objects.with_desk_row(now), reference=reference)
    context = {
        "row": row_of(comment, by=request.user),
        "replies": SavedReply.objects.for_the_declined(),
        "here": request.POST.get("here", ""),
        "now": now,
        **said,
    }
    template = "comments/admin/settled.html" if is_settled else "comments/admin/row.html"
    return render(request, template, context, status=status)


def back(request: HttpRequest, reference: str = "") -> HttpResponse:
    """To where the form stood, at the row that comes next."""
    here = request.POST.get("here", "")
    if not url_has_allowed_host_and_scheme(here, allowed_hosts=None):
        here = reverse("comments_desk_comment", args=[reference]) if reference else reverse("comments_desk")
    then = request.POST.get("then", "")
    return redirect(f"{here}#{then}" if then.replace("-", "").isalnum() else here)
