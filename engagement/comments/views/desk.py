"""The moderation desk: what waits to be read, and each decision about it."""

from datetime import timedelta
from itertools import zip_longest

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from engagement.comments.actions.moderating import decide, publish_many, undo
from engagement.comments.models import ModerationDecision, PlaceComment
from engagement.comments.staff_forms import DecisionForm, SeenForm
from engagement.comments.workflow import MODERATE, allowed
from portal.accounts.permissions import StaffRequest, staff_view
from portal.refusals import Refused

ON_A_PAGE = 25
CAN_UNDO_FOR = timedelta(hours=1)
# What the desk itself offers; the rarer changes are on the comment's own page.
QUICK = ("publish", "decline", "hold")
TABS = {
    "": "To read",
    "held": "Held",
    "waiting": "Waiting",
    "unanswered": "No answer for 28 days",
    "published": "Published",
    "declined": "Declined",
    "withdrawn": "Taken back",
}


@staff_view(MODERATE)
@require_safe
def desk(request: StaffRequest) -> HttpResponse:
    """Comments to read, held ones first and then the oldest; other states behind tabs."""
    now = timezone.now()
    tab = request.GET.get("status", "")
    tab = tab if tab in TABS else ""
    found = PlaceComment.objects.on_the_desk(tab, now=now, query=request.GET.get("q", "").strip())
    page = Paginator(found.with_row().with_decisions(), ON_A_PAGE).get_page(request.GET.get("page"))
    comments = list(page.object_list)
    rows = [
        {
            "comment": comment,
            "choices": [
                change for change in allowed(comment.status, may=request.user.has_perm) if change.name in QUICK
            ],
            "then": following.reference if following else "",
        }
        for comment, following in zip_longest(comments, comments[1:])
    ]
    mine = ModerationDecision.objects.can_still_be_undone_by(request.user, since=now - CAN_UNDO_FOR)
    context = {
        "page": page,
        "rows": rows,
        "tab": tab,
        "tabs": TABS,
        "query": request.GET.get("q", "").strip(),
        "counts": PlaceComment.objects.desk_counts(now),
        "last": mine.select_related("comment").newest_first().first(),
        "can_publish_many": any(comment.status == "waiting" for comment in comments),
        "here": request.get_full_path(),
        "now": now,
        "breadcrumbs_items": [{"url": "", "label": "Comments"}],
        "header_icon": "comment",
    }
    return render(request, "comments/admin/desk.html", context)


@staff_view(MODERATE)
@require_POST
def decision(request: StaffRequest, reference: str) -> HttpResponse:
    """One decision from the desk or from the comment's own page."""
    comment = get_object_or_404(PlaceComment, reference=reference)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "That did not work. Choose a reason and try again.")
        return _back(request, comment)
    try:
        made = decide(comment=comment, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, f"{comment.reference}: {refusal}")
    else:
        messages.success(request, f"{comment.reference} is {made.get_to_status_display().lower()}.")
    return _back(request, comment)


@staff_view(MODERATE)
@require_POST
def undo_decision(request: StaffRequest, reference: str) -> HttpResponse:
    comment = get_object_or_404(PlaceComment, reference=reference)
    form = SeenForm(request.POST)
    try:
        made = undo(comment=comment, by=request.user, seen=form.cleaned_data["seen"] if form.is_valid() else None)
    except Refused as refusal:
        messages.error(request, f"{comment.reference}: {refusal}")
    else:
        messages.success(request, f"{comment.reference} is {made.get_to_status_display().lower()} again.")
    return _back(request, comment)


@staff_view(MODERATE)
@require_POST
def publish_ticked(request: StaffRequest) -> HttpResponse:
    """Publish all ticked comments that still wait; held ones are read one by one."""
    ticked = PlaceComment.objects.with_references(request.POST.getlist("comment")[:ON_A_PAGE]).oldest_first()
    done, left = publish_many(comments=ticked, by=request.user)
    messages.success(request, f"{len(done)} published.")
    if left:
        messages.warning(request, f"Left as they are: {', '.join(comment.reference for comment in left)}.")
    return _back(request)


def _back(request: StaffRequest, comment: PlaceComment | None = None) -> HttpResponse:
    """To where the form stood, at the row that comes next."""
    here = request.POST.get("here", "")
    if not url_has_allowed_host_and_scheme(here, allowed_hosts=None):
        here = reverse("comments_desk_comment", args=[comment.reference]) if comment else reverse("comments_desk")
    then = request.POST.get("then", "")
    return redirect(f"{here}#{then}" if then.replace("-", "").isalnum() else here)
