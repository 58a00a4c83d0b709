"""Staff screens of pairs: which there are, one side by side, and what was decided."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from engagement.directory.actions.merging import CannotMerge, merge, propose_pairs, say_different, undo_decision
from engagement.directory.models import Likeness
from engagement.directory.pairs.side_by_side import FIRST, SECOND, fuller, lines, taken
from portal.accounts.permissions import StaffRequest, staff_view
from portal.paging import counted, in_words, page_of

DECIDE = "directory.change_likeness"
A_PAGE, LAST_DECIDED = 20, 20


@staff_view(DECIDE)
@require_safe
def pairs(request: StaffRequest) -> HttpResponse:
    waiting = Likeness.objects.undecided().with_venues().likeliest_first()
    context = {
        "page": page_of(waiting, asked=request.GET, size=A_PAGE),
        "count": in_words(counted(waiting)),
        "decided": Likeness.objects.decided().with_venues()[:LAST_DECIDED],
    }
    return render(request, "directory/admin/pairs.html", context)


@staff_view(DECIDE)
@require_POST
def find(request: StaffRequest) -> HttpResponse:
    count = propose_pairs(by=request.user)
    messages.success(request, f"{count or 'No'} new pair{'' if count == 1 else 's'} found.")
    return redirect("directory_pairs")


@staff_view(DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Likeness.objects.with_venues(), pk=pk)
    if request.method == "POST":
        return _decide(request, found)
    asked = request.GET.get("keep", "")
    keep = asked if asked in {FIRST, SECOND} else fuller(found)
    other = SECOND if keep == FIRST else FIRST
    context = {"pair": found, "keep": keep, "other": other, "lines": lines(found, keep)}
    return render(request, "directory/admin/pair.html", context)


@staff_view(DECIDE)
@require_POST
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Likeness, pk=pk)
    try:
        undo_decision(pair=found, by=request.user)
        messages.success(request, "Taken back: all is as it was before.")
    except CannotMerge as refusal:
        messages.error(request, f"Nothing was changed. {refusal}")
    return redirect("directory_pairs")


def _decide(request: StaffRequest, found: Likeness) -> HttpResponse:
    keep = request.POST.get("keep", "")
    try:
        if request.POST.get("decision") == "different":
            say_different(pair=found, by=request.user)
            messages.success(request, "Kept as two places. This pair is not shown again.")
        elif request.POST.get("decision") == "same" and keep in {FIRST, SECOND}:
            venue = found.first if keep == FIRST else found.second
            merge(pair=found, keep=venue, take=taken(found, keep, request.POST), by=request.user)
            messages.success(request, f"{venue.name} is one entry now. You can undo this below.")
        else:
            messages.error(request, "Nothing was changed: say whether it is one place or two.")
    except CannotMerge as refusal:
        messages.error(request, f"Nothing was changed. {refusal}")
    except ValidationError as refusal:
        messages.error(request, f"Nothing was changed: {' '.join(refusal.messages)}")
    return redirect("directory_pairs")
