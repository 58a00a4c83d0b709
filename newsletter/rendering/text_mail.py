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
    return _LOOSE_LIST.sub(r"\1\n", without_tags(spelled))


def as_text(context: Mapping[str, Any]) -> str:
    """The whole e-mail as plain text."""
    parts = [{"part": part, "words": words_as_text(part.words)} for part in context["parts"]]
    drawn = render_to_string("emails/newsletter/issue.txt", {**context, "parts": parts}, using="text")
    return re.sub(r"\n{4,}", "\n\n\n", drawn).strip() + "\n"
