"""One comment in full for staff, its pin and its answers, and the actions of the partnership."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from engagement.comments.actions.answering import link_action, publish_action, record_action, respond, unpublish_action
from engagement.comments.actions.moderating import place_pin
from engagement.comments.history import history_of
from engagement.comments.models import Action, PlaceComment
from engagement.comments.staff_forms import ActionForm, AnswerForm, LinkForm, PinForm
from engagement.comments.workflow import MODERATE, allowed
from portal.accounts.permissions import StaffRequest, staff_view
from portal.refusals import Refused

ON_A_PAGE = 25


def _crumbs(*more: tuple[str, str]) -> dict[str, Any]:
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
        **_crumbs(("", found.reference)),
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


@staff_view(MODERATE)
@require_safe
def actions(request: StaffRequest) -> HttpResponse:
    """Every action, drafts first."""
    page = Paginator(Action.objects.with_comment_count().drafts_first(), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "comments/admin/actions.html", {"page": page, **_crumbs(("", "What we did"))})


@staff_view(MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
def action(request: StaffRequest, number: int | None = None) -> HttpResponse:
    """Write down an action, or change one; with its second button it is published at once."""
    known = get_object_or_404(Action, pk=number) if number else None
    form = ActionForm(request.POST if request.method == "POST" else None, initial=_as_typed(known, request))
    if request.method == "POST" and form.is_valid():
        saved = record_action(action=known, by=request.user, **form.cleaned_data)
        if "publish" in request.POST:
            publish_action(action=saved, by=request.user)
        messages.success(request, "The action is on the site." if "publish" in request.POST else "The action is saved.")
        return redirect("comments_desk_actions")
    trail = _crumbs((reverse("comments_desk_actions"), "What we did"), ("", known.title if known else "New"))
    return render(request, "comments/admin/action.html", {"form": form, "action": known, **trail})


def _as_typed(known: Action | None, request: StaffRequest) -> dict[str, Any]:
    if known is None:
        return {"comments": request.GET.get("comment", "")[:20], "done_on": None}
    references = " ".join(known.comments.values_list("reference", flat=True))
    return {
        "title": known.title,
        "words": known.words,
        "status": known.status,
        "done_on": known.done_on,
        "comments": references,
    }


@staff_view(MODERATE)
@require_POST
def take_back(request: StaffRequest, number: int) -> HttpResponse:
    unpublish_action(action=get_object_or_404(Action, pk=number), by=request.user)
    messages.success(request, "The action is a draft again.")
    return redirect("comments_desk_actions")
