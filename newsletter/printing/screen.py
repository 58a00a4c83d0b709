"""The printed pages on the editor's screen, as pictures."""

import base64
import logging
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from newsletter.printing.editions import EDITIONS, Paper
from portal.typesetting import CannotBeSet

if TYPE_CHECKING:
    from newsletter.models import IssuePage

logger = logging.getLogger(__name__)
FIRST = "a4"


def pages_as_pictures(issue: "IssuePage", edition: str = FIRST) -> list[bytes]:
    """Each page of an edition as a PNG picture; those of the folded edition stand as they are read."""
    return Paper(issue, edition).as_pictures()


def print_preview(request: HttpRequest, issue: "IssuePage") -> HttpResponse:
    """The pages one below the other, or a word where they cannot be set."""
    edition = request.GET.get("edition", FIRST)
    edition = edition if edition in EDITIONS else FIRST
    try:
        pages = [base64.b64encode(page).decode() for page in pages_as_pictures(issue, edition)]
    except CannotBeSet:
        logger.exception("An issue cannot be set on paper.")
        pages = []
    return render(request, "newsletter/admin/print_preview.html", {"pages": pages, "edition": EDITIONS[edition]})
