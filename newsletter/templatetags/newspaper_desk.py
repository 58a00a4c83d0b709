"""Small helps for the editor's screens and the mail: where a new issue is begun, telephone numbers as links, and times."""

import re
from dataclasses import dataclass
from datetime import datetime

from django import template
from django.urls import reverse
from django.utils.timezone import localtime

from newsletter.models import IssueIndexPage
from portal.accounts.models import User
from portal.clock import say_time

register = template.Library()
# As people here write them: 0191 518 0000, +44 191 518 0000, and 116 123 for Samaritans.
_PHONE = re.compile(r"(?<![\w/.-])(?:(?:\+44|0)[\d ()]{8,14}\d|116 ?\d{3})(?![\w/-])")


@dataclass(frozen=True)
class Bit:
    """Some words, and the link of a telephone number."""

    words: str
    url: str = ""


@register.filter
def with_phones(words: str) -> list[Bit]:
    """The words in bits, so that a template makes a link of each number."""
    bits, done = [], 0
    for number in _PHONE.finditer(words):
        bits += [Bit(words[done : number.start()])] if number.start() > done else []
        bits += [Bit(number[0], f"tel:{re.sub(r'[ ()]', '', number[0])}")]
        done = number.end()
    return [*bits, Bit(words[done:])] if done < len(words) else bits


@register.filter
def at_time(moment: datetime | None) -> str:
    """A moment's hour as the house says it: "9:52pm"."""
    return say_time(localtime(moment)) if moment else ""


@register.simple_tag
def new_issue_address(person: User) -> str:
    """Where this person begins a new issue; empty for those who may not."""
    index = IssueIndexPage.objects.first()
    if index is None or not index.permissions_for_user(person).can_add_subpage():
        return ""
    return reverse("wagtailadmin_pages:add", args=["newsletter", "issuepage", index.pk])
