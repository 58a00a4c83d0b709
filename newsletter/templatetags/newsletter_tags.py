"""The newspaper's lead story, for the home page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.utils.text import Truncator

from newsletter.models import IssuePage
from newsletter.rendering.building import words_of
from portal.changes import remembered
from portal.text import without_tags

register = template.Library()
SUMMARY_LENGTH = 240


@dataclass(frozen=True)
class LeadStory:
    """What the home page shows of the newest issue."""

    title: str
    summary: str
    url: str
    date: date
    kicker: str
    image: Any = None


@register.simple_tag
def lead_story() -> LeadStory | None:
    """The lead of the newest live issue, or the issue itself where it has no lead; None before the first issue."""
    return remembered("lead story", _lead_of_the_newest)


def _lead_of_the_newest() -> LeadStory | None:
    issue = IssuePage.objects.for_everybody().newest_first().first()
    if issue is None:
        return None
    kicker = f"From the newspaper, number {issue.number}" if issue.number else "From the newspaper"
    lead = next((block.value for block in issue.body if block.block_type == "lead"), None)
    if lead is None:
        return LeadStory(issue.title, issue.summary, issue.path_on_site, issue.issued_on, kicker)
    summary = lead["standfirst"] or Truncator(without_tags(words_of(lead["words"]))).chars(SUMMARY_LENGTH)
    return LeadStory(lead["heading"], summary, issue.path_on_site, issue.issued_on, kicker, lead["picture"])
