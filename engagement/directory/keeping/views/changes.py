"""The coordinator's screens of what keepers want changed: which entries wait, and one entry field by field."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from engagement.directory.actions.proposals import leave, take, take_reading
from engagement.directory.hours import read_text
from engagement.directory.hours.opening import Hours
from engagement.directory.hours.words import in_words
from engagement.directory.keeping.board import entry_of
from engagement.directory.keeping.forms import DecisionForm
from engagement.directory.keeping.reading import WishRow, waiting_rows
from engagement.directory.keeping.staff import DECIDE_CHANGE
from engagement.directory.keeping.waiting import entries_waiting
from engagement.directory.keeping.wishes import HOURS
from engagement.directory.models import Activity, ProposedChange, Venue
from portal import clock
from portal.accounts.permissions import StaffRequest, staff_view
from portal.refusals import Refused

LATELY = 10


@staff_view(DECIDE_CHANGE)
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    decided = ProposedChange.objects.with_entry().decided_last(LATELY)
    return render(request, "directory/admin/changes.html", {"entries": entries_waiting(), "decided": decided})


@staff_view(DECIDE_CHANGE)
@require_safe
def one_entry(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    entry = _entry(kind, pk)
    rows = waiting_rows([entry])
    context = {"entry": entry, "kind": kind, "rows": rows, "read": _read(rows)}
    return render(request, "directory/admin/changes_of.html", context)


@staff_view(DECIDE_CHANGE)
@require_POST
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    change, form = get_object_or_404(ProposedChange.objects.with_entry(), pk=pk), DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, f"Nothing was changed. {next(iter(form.errors.values()))[0]}")
        return _back(change.entry)
    said = form.cleaned_data
    try:
        if said["answer"] == "leave":
            leave(change=change, reason=said["reason"], by=request.user)
        else:
            put_in = take_reading if said["answer"] == "read" else take
            put_in(change=change, seen=said["seen"], reason=said["reason"], by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    except ValidationError as refusal:
        messages.error(request, f"Nothing was changed. {' '.join(refusal.messages)}")
    else:
        done = "The entry stays as it is." if said["answer"] == "leave" else "The entry says so now."
        messages.success(request, f"{done} The keeper gets a mail in ten minutes.")
    return _back(change.entry)


@staff_view(DECIDE_CHANGE)
@require_POST
def take_all(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    """Take all that was shown and can be taken as it is; what was overtaken, or goes in by hand, stays to be looked at."""
    entry, taken, refused = _entry(kind, pk), 0, []
    for row in waiting_rows([entry]):
        seen = request.POST.get(f"seen-{row.wish.pk}")
        if seen is None or row.is_overtaken or row.is_by_hand:
            continue
        try:
            take(change=row.wish, seen=seen, by=request.user)
        except Refused as refusal:
            refused.append(f"{row.label}: {refusal.sentence}")
        except ValidationError as refusal:
            refused.append(f"{row.label}: {' '.join(refusal.messages)}")
        else:
            taken += 1
    for sentence in refused:
        messages.error(request, sentence)
    if taken:
        messages.success(request, f"{taken} taken. The keeper gets a mail in ten minutes.")
    return _back(entry)


def _entry(kind: str, pk: int) -> Venue | Activity:
    entry = entry_of(kind, pk)
    if entry is None:
        raise Http404
    return entry


def _back(entry: Venue | Activity) -> HttpResponse:
    if ProposedChange.objects.about(entry).waiting().exists():
        return redirect("directory_changes_of", entry._meta.model_name, entry.pk)
    return redirect("directory_changes")


def _read(rows: list[WishRow]) -> str:
    """How we read the hours that a keeper wrote; nothing where we cannot, and a person decides."""
    wanted = next((row.wanted for row in rows if row.wish.field == HOURS), "")
    value = read_text(wanted) if wanted else None
    return in_words(Hours(value), clock.now().date()) if value else ""
