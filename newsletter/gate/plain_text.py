"""Holds an editor's own plain text to the blocks: no link and no date may be lost on the way."""

import re
from collections.abc import Iterator
from hashlib import sha256

from newsletter.gate.findings import Finding, Kind

_LINK = re.compile(r"https?://[^\s<>\"“”]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_DATE = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d{1,2} [A-Z][a-z]+")


def fingerprint_of(words: str) -> str:
    """What tells one making of the blocks from another."""
    return sha256(words.encode()).hexdigest()


def findings_in_own_text(*, own: str, blocks: str, written_from: str) -> Iterator[Finding]:
    """What an editor's own text has lost of what the blocks give, and whether they changed since it was written.

    `written_from` is the fingerprint of what the blocks gave then; empty where nobody noted it.
    """
    for what, pattern in (("link", _LINK), ("date", _DATE)):
        kept = set(_all(pattern, own))
        for missing in dict.fromkeys(one for one in _all(pattern, blocks) if one not in kept):
            yield _finding(
                f"The plain text has lost the {what} {missing}. Put it back, or make the text from the blocks."
            )
    if written_from and written_from != fingerprint_of(blocks):
        yield _finding("The issue has changed since its plain text was written. Read that again, then save it.")


def _all(pattern: re.Pattern[str], words: str) -> list[str]:
    return [found.rstrip(".,;:!?)") for found in pattern.findall(words)]


def _finding(words: str) -> Finding:
    return Finding(kind=Kind.PLAIN_TEXT, where="", words=words)
