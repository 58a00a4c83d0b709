"""The paper of a session as PDF files: the map, the stickers and the sheet to write on."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from engagement.comments.actions.sessions import RUN
from engagement.comments.models import EngagementEvent
from engagement.comments.sessions.paper.sheets import SCALES, map_sheet, sticker_sheet, writing_sheet
from portal.accounts.permissions import StaffRequest, staff_view

SHEETS: dict[str, Callable[[EngagementEvent], bytes]] = {"stickers": sticker_sheet, "writing-sheet": writing_sheet}


@staff_view(RUN)
@require_safe
def paper(request: StaffRequest, code: str, sheet: str) -> HttpResponse:
    """One PDF; the map as `?paper=a4` or, for a table full of people, `?paper=a3`."""
    event = get_object_or_404(EngagementEvent.objects.select_related("consultation"), code=code)
    size = request.GET.get("paper", "a4")
    if sheet == "map":
        if size not in SCALES:
            raise Http404
        return _pdf(map_sheet(event, size=size), f"map-{size}-{code}")
    return _pdf(SHEETS[sheet](event), f"{sheet}-{code}")


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
