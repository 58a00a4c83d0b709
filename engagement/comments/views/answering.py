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
from engagement.comments.actions.reading import open_comment
from engagement.comments.desk.history import history_of, put_by
from engagement.comments.desk.page_forms import AnswerForm, LinkForm, PinForm
from engagement.comments.desk.pages import next_after
from engagement.comments.desk.rows import row_of
from engagement.comments.handing_over import the_taker
from engagement.comments.models import ChecklistItem, PlaceComment, SavedReply
from engagement.comments.words.redaction import pieces_of
from engagement.comments.workflow import CHANGES, MODERATE
from portal.accounts.permissions import StaffRequest, staff_view
from portal.pages.screens import screen_header
from portal.refusals import Refused

DESK = ("Comments", "comments_desk")


@staff_view(MODERATE)
@require_safe
def comment(request: StaffRequest, reference: str) -> HttpResponse:
    """Everything about one comment, and everything that can be done with it."""
    found = _find(reference)
    reply = SavedReply.objects.answers().named(request.GET.get("reply", ""))
    return _comment_page(request, found, answer_form=AnswerForm(initial={"words": reply.words}) if reply else None)


def _find(reference: str) -> PlaceComment:
    found = PlaceComment.objects.with_desk_row(timezone.now()).with_decisions()
    return get_object_or_404(found, reference=reference)


def _comment_page(request: StaffRequest, found: PlaceComment, **forms: Any) -> HttpResponse:
    now = timezone.now()
    open_comment(comment=found, by=request.user, now=now)
    row = row_of(found, by=request.user, names=CHANGES, is_in_full=True)
    history, asked = history_of(found), found.consultation
    context = {
        "row": row,
        "comment": found,
        "choices": row.choices,
        "replies": SavedReply.objects.for_the_declined(),
        "history": history,
        "pin_put_by": put_by(history) if found.point else "",
        "outline_url": reverse("comments_area", args=[asked.slug]) if asked.as_feature else reverse("map_outline"),
        "next_one": next_after(found, now=now),
        "sent_pieces": pieces_of(found.words_as_sent, found.words) if found.sent_words else [],
        "checklist": ChecklistItem.objects.in_use(),
        "ticked": found.ticks_by_line(),
        "can_pass_on": the_taker() is not None,
        "answers": SavedReply.objects.answers(),
        "answer_form": forms.get("answer_form") or AnswerForm(),
        "pin_form": forms.get("pin_form") or PinForm.of(found),
        "link_form": forms.get("link_form") or LinkForm(),
        "linked": found.actions.drafts_first(),
        "here": reverse("comments_desk_comment", args=[found.reference]),
        "now": now,
        **screen_header(f"Comment {found.reference}", DESK, icon="comment"),
    }
    return render(request, "comments/admin/comment.html", context)


@staff_view(MODERATE)
@require_POST
def answer(request: StaffRequest, reference: str) -> HttpResponse:
    found = _find(reference)
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
    found = _find(reference)
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
    found = _find(reference)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _comment_page(request, found, link_form=form)
    link_action(action=form.cleaned_data["action"], comment=found, by=request.user)
    messages.success(request, "The action answers this comment too.")
    return redirect("comments_desk_comment", reference)
