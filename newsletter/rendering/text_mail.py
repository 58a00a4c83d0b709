"""Draws the plain text of the e-mail, for people who read mail that way and for programs that ask for it."""

import re
from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string

from portal.text import without_tags

_LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_LOOSE_LIST = re.compile(r"^(- .*)\n\n(?=- )", re.MULTILINE)


def words_as_text(words: str) -> str:
    """Words with tags as plain paragraphs: a list item has a dash, a link its address behind it."""

    def spelled_out(found: re.Match[str]) -> str:
        address, label = found[1].removeprefix("mailto:").removeprefix("tel:"), found[2]
        return label if label.strip() == address else f"{label} ({address})"

    spelled = _LINK.sub(spelled_out, words).replace("<li>", "<li>- ")
    return _LOOSE_LIST.sub(r"\1\n", without_tags(spelled, limit=max(len(spelled), 1)))


def as_text(context: Mapping[str, Any], *, own_words: str = "") -> str:
    """The whole e-mail as plain text; an editor's own words stand in for the blocks, and the foot is always ours."""
    body = own_words.strip() or body_as_text(context)
    return f"{body}\n\n{_drawn('emails/newsletter/issue_foot.txt', context)}\n"


def body_as_text(context: Mapping[str, Any]) -> str:
    """What the blocks give, without the foot."""
    parts = [{"part": part, "words": words_as_text(part.words)} for part in context["parts"]]
    return _drawn("emails/newsletter/issue.txt", {**context, "parts": parts})


def _drawn(name: str, context: Mapping[str, Any]) -> str:
    drawn = render_to_string(name, dict(context), using="text")
    return re.sub(r"\n{3,}", "\n\n", drawn).strip()
