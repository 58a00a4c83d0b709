"""What a wish would change, word by word: for each word whether it stays, goes or is new."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# Beyond so many words nobody reads a comparison word by word, and making one takes long.
MOST_WORDS = 1_500


@dataclass(frozen=True)
class Piece:
    """Some words in a row that share one fate."""

    words: str
    is_changed: bool


def compare(was: str, wanted: str) -> tuple[list[Piece], list[Piece]]:
    """The old words with those marked that go, and the new ones with those marked that come."""
    old, new = _words(was), _words(wanted)
    if len(old) + len(new) > MOST_WORDS:
        return [Piece(was, True)], [Piece(wanted, True)]
    before: list[Piece] = []
    after: list[Piece] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if start < end:
            before.append(Piece("".join(old[start:end]), tag != "equal"))
        if new_start < new_end:
            after.append(Piece("".join(new[new_start:new_end]), tag != "equal"))
    return before, after


def _words(text: str) -> list[str]:
    return re.findall(r"\w+|\s+|[^\w\s]", text)
