"""The printed editions and the short codes of an issue, for its page."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import template
from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from newsletter.models import IssuePage
from newsletter.printing.editions import EDITIONS, Paper
from newsletter.rendering.parts import Part
from portal.kept_paper import Facts

register = template.Library()


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


@register.simple_tag
def printed_editions(issue: IssuePage, parts: list[Part]) -> list[OnPaper]:
    """The editions of a live issue; none of them is set for this."""
    address = reverse("newsletter_pdf", args=[issue.slug])
    return [
        OnPaper(label, f"{address}?edition={edition}", _in_words(edition, Paper(issue, edition, parts=parts).facts))
        for edition, label in EDITIONS.items()
    ]


def _in_words(edition: str, facts: Facts | None) -> str:
    if facts is None:
        return ""
    pages = "1 page" if facts.pages == 1 else f"{facts.pages} pages"
    if edition == "a3":
        pages = "1 sheet" if facts.pages <= 2 else f"{facts.pages // 2} sheets"
    return f"PDF, {pages}, {filesizeformat(facts.size)}"
