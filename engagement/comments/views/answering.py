"""One comment in full for staff, with its pin, its answers and what is done about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from engagement.comments.actions.acting import link_action
from engagement.comments.actions.answering import respond
from engagement.comments.actions.moderating import place_pin
from engagement.comments.history import history_of
from engagement.comments.models import PlaceComment
from engagement.comments.staff_forms import AnswerForm, LinkForm, PinForm
from engagement.comments.workflow import MODERATE, allowed
from portal.accounts.permissions import StaffRequest, staff_view
from portal.refusals import Refused


def crumbs(*more: tuple[str, str]) -> dict[str, Any]:
    trail = [(reverse("comments_desk"), "Comments"), *more]
    return {"breadcrumbs_items": [{"url": url, "label": label} for url, label in trail], "header_icon": "comment"}


@staff_view(MODERATE)
@require_safe
def comment(request: StaffRequest, reference: str) -> HttpResponse:
    """Everything about one comment, and everything that can be done with it."""
    found = get_object_or_404(PlaceComment.objects.with_row().with_decisions(), reference=reference)
    return _comment_page(request, found)


def _comment_page(request: StaffRequest, found: PlaceComment, **forms: Any) -> HttpResponse:
    context = {
        "comment": found,
        "choices": allowed(found.status, may=request.user.has_perm),
        "history": history_of(found),
        "answer_form": forms.get("answer_form") or AnswerForm(),
        "pin_form": forms.get("pin_form") or PinForm(),
        "link_form": forms.get("link_form") or LinkForm(),
        "linked": found.actions.drafts_first(),
        "here": reverse("comments_desk_comment", args=[found.reference]),
        "now": timezone.now(),
        **crumbs(("", found.reference)),
    }
    return render(request, "comments/admin/comment.html", context)


@staff_view(MODERATE)
@require_POST
def answer(request: StaffRequest, reference: str) -> HttpResponse:
    found = get_object_or_404(PlaceComment.objects.with_row().with_decisions(), reference=reference)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            respond(comment=found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your answer stands under the comment.")
            return redirect("comments_desk_comment", reference)
    return _comment_page(request, found, answer_form=form)


@staff_view(MODERATE)
@require_POST
def pin(request: StaffRequest, reference: str) -> HttpResponse:
    found = get_object_or_404(PlaceComment.objects.with_row().with_decisions(), reference=reference)
    form = PinForm(request.POST)
    if form.is_valid():
        try:
            place_pin(comment=found, by=request.user, **form.as_pin())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The pin is on the map.")
            return redirect("comments_desk_comment", reference)
    return _comment_page(request, found, pin_form=form)


@staff_view(MODERATE)
@require_POST
def link(request: StaffRequest, reference: str) -> HttpResponse:
    found = get_object_or_404(PlaceComment.objects.with_row().with_decisions(), reference=reference)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _comment_page(request, found, link_form=form)
    link_action(action=form.cleaned_data["action"], comment=found, by=request.user)
    messages.success(request, "The action answers this comment too.")
    return redirect("comments_desk_comment", reference)
