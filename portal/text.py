"""Cleans words on their way in: residents' words to plain text, staff HTML to a safe few tags (the only caller of bleach)."""

import html
import json
import re
import unicodedata
from typing import Any

import bleach
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

LONGEST = 20_000
_RICH_TAGS = frozenset(["p", "br", "a", "strong", "b", "em", "i", "ul", "ol", "li", "h2", "h3", "h4", "blockquote"])
_RICH_ATTRIBUTES = {"a": ["href"]}
_RICH_PROTOCOLS = frozenset({"http", "https", "mailto", "tel"})
_NO_MARKUP = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}
_LONE_CONTROLS = {"\n", "\t"}


def plain(words: str, *, limit: int = LONGEST) -> str:
    """What a resident typed as plain text: no control or invisible characters, tidy line ends, at most `limit` characters.

    Angle brackets stay as typed ("<3", "5 < 6"): nothing here is ever shown as HTML, templates escape it.
    """
    shortened = words[: limit * 2]
    kept = "".join(
        character
        for character in shortened.replace("\r\n", "\n").replace("\r", "\n")
        if character in _LONE_CONTROLS or unicodedata.category(character) not in {"Cc", "Cs", "Co", "Cn"}
    )
    kept = re.sub(r"[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]", "", kept)
    kept = re.sub(r"\n{3,}", "\n\n", kept)
    return unicodedata.normalize("NFC", kept).strip()[:limit].rstrip()


def rich(markup: str, *, limit: int = 100_000) -> SafeString:
    """Staff HTML cut down to a few tags and safe links; longer input is refused before any parsing."""
    if len(markup) > limit:
        raise ValueError(f"This text is longer than {limit:,} characters.")
    cleaned = bleach.clean(
        _without_styles(markup.replace("\x00", "")),
        tags=_RICH_TAGS,
        attributes=_RICH_ATTRIBUTES,
        protocols=_RICH_PROTOCOLS,
        strip=True,
        strip_comments=True,
    )
    return mark_safe(cleaned)  # noqa: S308 - cleaned on the line above


def _without_styles(markup: str) -> str:
    """Without what stands between style tags, which a word processor pastes along and nobody wrote."""
    kept, lowered, at = [], markup.lower(), 0
    while (start := lowered.find("<style", at)) >= 0 and (end := lowered.find("</style", start)) >= 0:
        kept.append(markup[at:start])
        at = end
    return "".join([*kept, markup[at:]])


def data_block(told: Any) -> SafeString:
    """Values as JSON that may stand inside a script element: no word in them can end it or begin a comment."""
    written = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False)
    return mark_safe(written.translate(_NO_MARKUP))  # noqa: S308 - escaped on this line


def without_tags(markup: str, *, limit: int = 100_000) -> str:
    """The words of some HTML, for a text e-mail, a search index or a summary."""
    spaced = re.sub(r"</(p|li|h[1-6]|div|blockquote)>|<br\s*/?>", "\n", markup[:limit], flags=re.IGNORECASE)
    bare = bleach.clean(spaced, tags=frozenset(), strip=True, strip_comments=True)
    return plain(html.unescape(bare), limit=limit)
