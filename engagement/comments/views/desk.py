"""The moderation desk: what waits to be read, each decision about it, and what is taken out of it."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from engagement.comments.actions.moderating import decide, undo
from engagement.comments.actions.redacting import redact, undo_redaction
from engagement.comments.desk.forms import DecisionForm, RedactionForm, SeenForm
from engagement.comments.desk.pages import in_order
from engagement.comments.desk.rows import rows_of
from engagement.comments.models import Addition, ChecklistItem, ModerationDecision, PlaceComment, SavedReply
from engagement.comments.views.going_back import done, refused
from engagement.comments.workflow import CHANGES, MODERATE, REASONS
from portal.accounts.permissions import StaffRequest, staff_view
from portal.changes import remembered
from portal.pages.screens import screen_header
from portal.paging import page_of
from portal.refusals import Refused

ON_A_PAGE = 25
ON_A_LONG_PAGE = 100
CAN_UNDO_FOR = timedelta(hours=1)
TABS = {
    "": "To read",
    "help": "May need help",
    "held": "Held",
    "waiting": "Waiting",
    "shown": "Shown, not read yet",
    "unanswered": "No answer for 28 days",
    "published": "Published",
    "declined": "Declined",
    "withdrawn": "Taken back",
}
# Where many can be decided about at once.
TABS_IN_BULK = {"", "waiting", "held", "shown"}
NOT_SEEN = "We cannot tell what was on your screen. Look at how it stands now, then try again."
DID_NOT_WORK = "That did not work. Choose a reason and try again."


@staff_view(MODERATE)
@require_safe
def desk(request: StaffRequest) -> HttpResponse:
    """Comments to read, by risk and then the oldest; other states behind tabs."""
    now = timezone.now()
    tab = request.GET.get("status", "")
    tab = tab if tab in TABS else ""
    query = request.GET.get("q", "").strip()
    found = PlaceComment.objects.on_the_desk(tab, now=now, query=query).with_desk_row(now)
    size = ON_A_LONG_PAGE if request.GET.get("long") else ON_A_PAGE
    page = page_of(in_order(found, tab), asked=request.GET, size=size)
    mine = ModerationDecision.objects.can_still_be_undone_by(request.user, since=now - CAN_UNDO_FOR)
    last = mine.select_related("comment").newest_first().first()
    context = {
        "rows": rows_of(list(page), by=request.user),
        "page": page,
        "is_long": size == ON_A_LONG_PAGE,
        "is_all_ticked": bool(request.GET.get("ticked")),
        "tab": tab,
        "tabs": TABS,
        "query": query,
        "counts": remembered("numbers of the desk", lambda: PlaceComment.objects.desk_counts(now)),
        "additions": remembered("added words that wait", lambda: Addition.objects.waiting().counts()),
        "last": last,
        "last_many": last.of_its_batch if last and last.batch else 0,
        "has_bulk": tab in TABS_IN_BULK and bool(page),
        "bulk_reasons": [(code, REASONS[code]) for code in REASONS if code in _BULK_REASONS],
        "replies": remembered("replies to the declined", lambda: list(SavedReply.objects.for_the_declined())),
        "checklist": remembered("checklist in use", lambda: list(ChecklistItem.objects.in_use())),
        "here": request.get_full_path(),
        "now": now,
        **screen_header("Comments", icon="comment"),
    }
    return render(request, "comments/admin/desk.html", context)


_BULK_REASONS = {*CHANGES["decline"].reasons, *CHANGES["hold"].reasons}


@staff_view(MODERATE)
@require_POST
def decision(request: StaffRequest, reference: str) -> HttpResponse:
    """One decision from the desk or from the comment's own page."""
    comment = get_object_or_404(PlaceComment, reference=reference)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return refused(request, reference, DID_NOT_WORK)
    try:
        made = decide(comment=comment, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return refused(request, reference, refusal.sentence)
    return done(request, reference, f"{reference} is {made.ends_in_words}.", is_settled=True)


@staff_view(MODERATE)
@require_POST
def undo_decision(request: StaffRequest, reference: str) -> HttpResponse:
    comment = get_object_or_404(PlaceComment, reference=reference)
    form = SeenForm(request.POST)
    if not form.is_valid():
        return refused(request, reference, NOT_SEEN)
    try:
        made = undo(comment=comment, by=request.user, seen=form.cleaned_data["seen"])
    except Refused as refusal:
        return refused(request, reference, refusal.sentence)
    return done(request, reference, f"{reference} is {made.ends_in_words} again.")


@staff_view(MODERATE)
@require_POST
def take_out(request: StaffRequest, reference: str) -> HttpResponse:
    """Take something out of a comment; with the second button it is published at once."""
    comment = get_object_or_404(PlaceComment, reference=reference)
    form = RedactionForm(request.POST)
    if not form.is_valid():
        return refused(request, reference, "That did not work. Try again.")
    try:
        redact(comment=comment, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return refused(request, reference, refusal.sentence)
    is_settled = form.cleaned_data["is_to_be_published"]
    words = f"{reference} is published without it." if is_settled else f"It is taken out of {reference}."
    return done(request, reference, words, is_settled=is_settled)


@staff_view(MODERATE)
@require_POST
def put_back(request: StaffRequest, reference: str) -> HttpResponse:
    """Undo what was taken out."""
    comment = get_object_or_404(PlaceComment, reference=reference)
    form = SeenForm(request.POST)
    if not form.is_valid():
        return refused(request, reference, NOT_SEEN)
    try:
        undo_redaction(comment=comment, by=request.user, seen_redaction=form.cleaned_data["seen"])
    except Refused as refusal:
        return refused(request, reference, refusal.sentence)
    return done(request, reference, f"{reference} stands as it did before.")
