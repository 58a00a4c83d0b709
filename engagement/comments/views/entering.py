"""Enters what was written on paper: a table's worth in one grid, or a file that comes back."""

from collections import Counter
from collections.abc import Iterable
from itertools import zip_longest
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from engagement.comments.actions.entering import Row, blank_row, row_of, take_rows
from engagement.comments.actions.sessions import RUN
from engagement.comments.models import EngagementEvent, Theme
from engagement.comments.sessions.forms import FileForm
from engagement.comments.sessions.paper.entries import FEELINGS, FIELDS
from engagement.comments.sessions.paper.files import read_bytes, read_rows, write_rows
from engagement.comments.views.sessions import ICON, LIST
from portal.accounts.permissions import StaffRequest, staff_view
from portal.geo.models import NamedPlace
from portal.pages.screens import screen_header
from portal.refusals import Refused

BLANK_ROWS = 10
# Six fields each, below what one form may have.
MOST_ROWS = 150


@staff_view(RUN)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: StaffRequest, code: str) -> HttpResponse:
    """The grid: right rows are taken in, the others come back as they were typed, each with what is wrong."""
    event = get_object_or_404(EngagementEvent.objects.select_related("consultation"), code=code)
    if request.method != "POST":
        rows = _to_correct(event, request.GET.get("correct", ""))
        return _grid(request, event, rows, [int(row.typed["number"]) for row in rows])
    typed = list(enumerate(_typed(request.POST), start=1))
    if "more" in request.POST:
        return _grid(request, event, [Row(values, line) for line, values in typed], more=BLANK_ROWS)
    correcting = [int(number) for number in request.POST.getlist("correct") if number.isdecimal()]
    try:
        rows = take_rows(event=event, typed=typed, by=request.user, may_change=correcting)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _grid(request, event, [Row(values, line) for line, values in typed])
    _say(request, rows)
    left = [row for row in rows if row.is_refused]
    return _grid(request, event, left, correcting) if left else redirect("comments_session_enter", code)


def _grid(
    request: StaffRequest, event: EngagementEvent, rows: list[Row], correcting: Iterable[int] = (), *, more: int = 0
) -> HttpResponse:
    entered = {comment.sticker: comment for comment in event.said()}
    wanted = max(BLANK_ROWS - len(rows), 0) or more
    taken = {*entered, *(row.typed.get("number", "") for row in rows)}
    free = [number for number in event.numbers if str(number) not in taken]
    blanks = [Row(blank_row(number), len(rows) + line) for line, number in enumerate(free[:wanted], start=1)]
    context = {
        "session": event,
        "rows": [*rows, *blanks][:MOST_ROWS],
        "refused": [row for row in rows if row.is_refused],
        "correcting": correcting,
        "entered": sorted(int(number) for number in entered),
        "most_rows": MOST_ROWS,
        "places": NamedPlace.objects.with_a_point(),
        "themes": Theme.objects.all(),
        "feelings": FEELINGS.values(),
        **_header(event, "Enter what people wrote"),
    }
    return render(request, "comments/admin/session_enter.html", context)


def _typed(post: QueryDict) -> list[dict[str, str]]:
    """The rows of the grid as they were typed; fields of one name stand in the order of the rows."""
    columns = zip_longest(*(post.getlist(name)[:MOST_ROWS] for name in FIELDS), fillvalue="")
    return [dict(zip(FIELDS, values, strict=True)) for values in columns]


def _to_correct(event: EngagementEvent, number: str) -> list[Row]:
    """The row of one comment that is there, to be typed over."""
    found = event.standing().filter(sticker=number).first() if number else None
    return [Row(row_of(found), 1)] if found else []


@staff_view(RUN)
@require_safe
def download(request: StaffRequest, code: str) -> HttpResponse:
    """Every sticker of the session as a row: what is entered and not taken back, and empty rows to fill in."""
    event = get_object_or_404(EngagementEvent, code=code)
    known = {int(comment.sticker): row_of(comment) for comment in event.standing()}
    # A number that was taken once is not offered again, also where its comment is gone.
    taken = {int(sticker) for sticker in event.said().values_list("sticker", flat=True)}
    rows = [
        known.get(number) or blank_row(number) for number in event.numbers if number in known or number not in taken
    ]
    headers = {"Content-Disposition": f'attachment; filename="session-{code}.csv"'}
    return HttpResponse(write_rows(rows), content_type="text/csv; charset=utf-8", headers=headers)


@staff_view(RUN)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: StaffRequest, code: str) -> HttpResponse:
    """The file that comes back: first what it would do, then the same file is taken in with one press."""
    event = get_object_or_404(EngagementEvent.objects.select_related("consultation"), code=code)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    context: dict[str, Any] = {"session": event, "form": form, **_header(event, "Bring a file")}
    if form.is_valid():
        is_rehearsal = "take" not in request.POST
        try:
            text = form.cleaned_data["text"] or _text_of(form)
            taken = take_rows(event=event, typed=read_rows(text), by=request.user, is_rehearsal=is_rehearsal)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            counts = Counter(row.outcome for row in taken if row.outcome)
            rows = [row for row in taken if row.outcome not in {"", "unchanged"}]
            context |= {"rows": rows, "counts": counts, "text": text}
            context["is_rehearsal"] = is_rehearsal
    return render(request, "comments/admin/session_file.html", context)


def _text_of(form: FileForm) -> str:
    if not form.cleaned_data["file"]:
        raise Refused("Choose the file first.")
    return read_bytes(form.cleaned_data["file"].read())


def _say(request: StaffRequest, rows: list[Row]) -> None:
    counts = Counter(row.outcome for row in rows)
    if counts["added"]:
        messages.success(request, f"{counts['added']} taken in. A moderator reads {_them(counts['added'])} next.")
    if counts["changed"]:
        messages.success(request, f"{counts['changed']} corrected.")
    if counts["unchanged"]:
        messages.info(request, f"{counts['unchanged']} {_was(counts['unchanged'])} there already, word for word.")
    if not any(counts[what] for what in ("added", "changed", "unchanged", "refused")):
        messages.info(request, "Nothing was typed yet.")


def _them(count: int) -> str:
    return "it" if count == 1 else "them"


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


def _header(event: EngagementEvent, title: str) -> dict[str, Any]:
    return screen_header(title, LIST, (event.name, "comments_session", event.code), icon=ICON)
