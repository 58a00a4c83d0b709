"""Takes out of somebody's words what nobody should read, and puts nothing in: what is left is theirs, with a mark at each gap."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from engagement.comments.words.screening import TAKEN_OUT
from portal.refusals import Refused

_WORD = re.compile(r"\w+")
_ONLY_OURS = (
    "Words can be taken out, not put in or changed. Take out what should not be shown, and leave the rest as it is."
)


class Piece(NamedTuple):
    """A stretch of what was sent, and whether it was taken out."""

    text: str
    is_out: bool


def redacted(sent: str, typed: str) -> str:
    """What was sent without the words that a moderator left out of `typed`, a mark at each gap; nothing where all is gone.

    Capitals, spaces and full stops may be typed as they come: the author's own are kept. Refused where a word was put in.
    """
    pieces = pieces_of(sent, typed)
    if all(piece.is_out or not _WORD.search(piece.text) for piece in pieces):
        return ""
    return "".join(TAKEN_OUT if piece.is_out else piece.text for piece in pieces)


def is_made_of(sent: str, shown: str) -> bool:
    """Whether this is what was sent, whole or with marks where something was taken out, and nothing else."""
    try:
        return shown == sent or shown == redacted(sent, shown)
    except Refused:
        return False


def pieces_of(sent: str, shown: str) -> list[Piece]:
    """What was sent, cut into what is shown and what is not; Refused where something is shown that was not sent."""
    words = list(_WORD.finditer(sent))
    kept = _kept([word[0].casefold() for word in words], _words_of(shown))
    pieces: list[Piece] = []
    at = number = 0
    while number < len(words):
        if number in kept:
            number += 1
            continue
        last = number
        while last + 1 < len(words) and last + 1 not in kept:
            last += 1
        start, end = _with_brackets(sent, words[number].start(), words[last].end())
        pieces += [Piece(sent[at:start], False), Piece(sent[start:end], True)]
        at, number = end, last + 1
    return [piece for piece in (*pieces, Piece(sent[at:], False)) if piece.text]


def _words_of(shown: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(shown.replace(TAKEN_OUT, " "))]


def _kept(sent: list[str], shown: list[str]) -> set[int]:
    """Which of the words sent are shown. Long runs are matched first, so that of two "the" the right one goes."""
    blocks = SequenceMatcher(None, sent, shown, autojunk=False).get_matching_blocks()
    kept = {block.a + offset for block in blocks for offset in range(block.size)}
    return kept if len(kept) == len(shown) else _one_after_another(sent, shown)


def _one_after_another(sent: list[str], shown: list[str]) -> set[int]:
    kept, at = set(), 0
    for word in shown:
        while at < len(sent) and sent[at] != word:
            at += 1
        if at == len(sent):
            raise Refused(_ONLY_OURS)
        kept.add(at)
        at += 1
    return kept


def _with_brackets(sent: str, start: int, end: int) -> tuple[int, int]:
    """A number goes with the plus or bracket before it."""
    while start and sent[start - 1] in "+(":
        start -= 1
    if sent[start:end].count("(") > sent[start:end].count(")") and sent[end : end + 1] == ")":
        end += 1
    return start, end
