"""The printed editions and the short codes of an issue, for its page."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from typst import TypstError

from newsletter.models import IssuePage
from newsletter.printing.editions import EDITIONS, Paper
from newsletter.rendering.parts import Part
from portal.spam import within_limit

logger = logging.getLogger(__name__)
register = template.Library()
MOST_SET, WITHIN = 90, 60 * 10


@dataclass(frozen=True)
class OnPaper:
    """One edition to download; `facts` say how long and how large it is, where that is known."""

    label: str
    url: str
    facts: str = ""


@register.filter
def code_of(codes: Mapping[str, str] | str, key: str) -> str:
    """The short code of a part; empty where it has none."""
    return codes.get(key, "") if isinstance(codes, Mapping) else ""


@register.simple_tag(takes_context=True)
def printed_editions(context: Mapping[str, Any], issue: IssuePage, parts: list[Part]) -> list[OnPaper]:
    """The editions of a live issue; each is set once, and not at all where too much was asked of the machine."""
    address = reverse("newsletter_pdf", args=[issue.slug])
    made = []
    for edition, label in EDITIONS.items():
        paper = Paper(issue, edition, parts=parts)
        made.append(OnPaper(label, f"{address}?edition={edition}", _facts(context, paper)))
    return made


def _facts(context: Mapping[str, Any], paper: Paper) -> str:
    request = context.get("request")
    if paper.known is None and (
        request is None
        or not within_limit(request, "newsletter.facts", limit=MOST_SET, seconds=WITHIN, is_for_all=True)
    ):
        return ""
    try:
        printed = paper.printed()
    except (TypstError, RuntimeError):
        logger.exception("An issue cannot be set on paper.")
        return ""
    pages = "1 page" if printed.pages == 1 else f"{printed.pages} pages"
    if paper.edition == "a3":
        pages = "1 sheet" if printed.pages <= 2 else f"{printed.pages // 2} sheets"
    return f"PDF, {pages}, {filesizeformat(len(printed.content))}"
