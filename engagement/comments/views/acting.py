"""What staff write down about the things that were done, and how far they have come."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from engagement.comments.acting.forms import ActionForm, NewsForm
from engagement.comments.actions.acting import save_action, tell_more, unpublish_action
from engagement.comments.models import Action
from engagement.comments.views.answering import DESK
from engagement.comments.workflow import MODERATE, Status
from portal.accounts.permissions import StaffRequest, staff_view
from portal.pages.screens import screen_header
from portal.paging import page_of
from portal.refusals import Refused

ON_A_PAGE = 25
TITLE = "What we did"
_KEPT = ("title", "words", "status", "done_on", "owner", "belongs_to", "before", "after")


@staff_view(MODERATE)
@require_safe
def actions(request: StaffRequest) -> HttpResponse:
    """Every action, drafts first."""
    page = page_of(Action.objects.with_comment_count().drafts_first(), asked=request.GET, size=ON_A_PAGE)
    context = {"page": page, **screen_header(TITLE, DESK, icon="comment")}
    return render(request, "comments/admin/actions.html", context)


@staff_view(MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
def action(request: StaffRequest, number: int | None = None) -> HttpResponse:
    """Write down an action, or put one right; with its first button it is on the site at once."""
    known = get_object_or_404(Action.objects.with_verdicts(), pk=number) if number else None
    form = ActionForm(request.POST if request.method == "POST" else None, known=known, initial=_typed(known, request))
    if request.method == "POST" and form.is_valid():
        is_public = "publish" in request.POST
        try:
            save_action(is_public=is_public, by=request.user, **form.as_action())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "It is on the site." if is_public else "It is saved.")
            if hidden := [one.reference for one in form.cleaned_data["comments"] if one.status != Status.PUBLISHED]:
                messages.warning(request, f"Not published, so not shown with it: {', '.join(hidden)}.")
            return redirect("comments_desk_actions")
    return _action_page(request, known, form=form)


def _action_page(request: StaffRequest, known: Action | None, **forms: Any) -> HttpResponse:
    title = known.title if known else "Something new"
    context = {
        "action": known,
        "form": forms.get("form") or ActionForm(known=known, initial=_typed(known, request)),
        "news_form": forms.get("news_form") or (NewsForm.about(known) if known else None),
        **screen_header(title, DESK, (TITLE, "comments_desk_actions"), icon="comment"),
    }
    return render(request, "comments/admin/action.html", context)


def _typed(known: Action | None, request: StaffRequest) -> dict[str, Any]:
    if known is None:
        return {"comments": request.GET.get("comment", "")[:20], "done_on": None}
    references = " ".join(known.comments.values_list("reference", flat=True))
    return {name: getattr(known, name) for name in _KEPT} | {"comments": references}


@staff_view(MODERATE)
@require_POST
def news(request: StaffRequest, number: int) -> HttpResponse:
    """Say how far it has come; those who asked hear of it."""
    known = get_object_or_404(Action.objects.with_verdicts(), pk=number)
    form = NewsForm(request.POST, auto_id=NewsForm.OWN_IDS)
    if form.is_valid():
        try:
            tell_more(action=known, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "It is on the site, and goes to everybody who asked for it.")
            return redirect("comments_desk_action", number)
    return _action_page(request, known, news_form=form)


@staff_view(MODERATE)
@require_POST
def take_back(request: StaffRequest, number: int) -> HttpResponse:
    unpublish_action(action=get_object_or_404(Action, pk=number), by=request.user)
    messages.success(request, "It is a draft again.")
    return redirect("comments_desk_actions")
