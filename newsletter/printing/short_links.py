"""Short addresses that are printed beside a story: letters that nobody mistakes, made from the issue and the block alone."""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
SHORTEST, LONGEST = 4, 8
_MOST_ISSUE_LETTERS = 12
# What comes before a code in an address, also where it was copied with letters that nobody sees.
UNSEEN = r"[\s\u00ad\u200b-\u200d\u2060\ufeff]*"
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_AROUND = re.compile(r"^[^\w]+|[^\w]+$")


@dataclass(frozen=True)
class ShortLink:
    """What a short address says: the number of the issue, the code of the story, and that of the round where it has one."""

    issue: int
    story: str
    drop_round: str = ""


def issue_code(issue: int) -> str:
    """The number of an issue in letters and digits."""
    if issue < 1:
        raise ValueError("An issue has a number of one or more.")
    written = ""
    while issue:
        issue, rest = divmod(issue, len(ALPHABET))
        written = ALPHABET[rest] + written
    return written


def issue_of(code: str) -> int | None:
    """The number that a code stands for; None where it stands for none."""
    if not 0 < len(code) <= _MOST_ISSUE_LETTERS or not _is_written_so(code):
        return None
    number = 0
    for letter in code:
        number = number * len(ALPHABET) + ALPHABET.index(letter)
    # A code with idle letters in front would be a second name for the same issue.
    return number if number and issue_code(number) == code else None


def story_codes(issue: int, keys: Iterable[str]) -> dict[str, str]:
    """The code of each story of an issue by its key, different for each.

    A code depends on its own story, so what is written later changes none that is printed; where two begin alike, the
    one that comes later has more letters.
    """
    codes: dict[str, str] = {}
    for key in dict.fromkeys(keys):
        whole = _digest(issue, key)
        taken = set(codes.values())
        codes[key] = next(
            (whole[:length] for length in range(SHORTEST, LONGEST + 1) if whole[:length] not in taken), whole
        )
    return codes


def path_of(issue: int, story: str, drop_round: str = "") -> str:
    """The address on this site, such as "/q/5-k7mq/" or "/q/5-k7mq-dfz/"."""
    return f"/q/{'-'.join(filter(None, [issue_code(issue), story, drop_round]))}/"


def read(code: str) -> ShortLink | None:
    """What somebody typed, scanned or copied, in large letters or small; None where it cannot be one of ours."""
    pieces = _as_printed(code).split("-")
    if len(pieces) not in (2, 3) or not all(map(_is_written_so, pieces)):
        return None
    issue = issue_of(pieces[0])
    if issue is None or not SHORTEST <= len(pieces[1]) <= LONGEST:
        return None
    return ShortLink(issue, pieces[1], pieces[2] if len(pieces) == 3 else "")


def _as_printed(code: str) -> str:
    """The code without what a PDF, a letter or a sentence adds to it: letters nobody sees, long dashes, a full stop."""
    seen = "".join(letter for letter in code if unicodedata.category(letter) != "Cf" and not letter.isspace())
    return _AROUND.sub("", _DASHES.sub("-", seen)).lower()


def new_code(length: int) -> str:
    """A code by chance, for a round of printed copies."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def story_of(codes: Mapping[str, str], story: str) -> str | None:
    """The key of the story that has this code."""
    return next((key for key, code in codes.items() if code == story), None)


def is_ours(address: str) -> bool:
    """Whether an address is a page of this site: "/news/", and not "//elsewhere.example/", which is another site."""
    plain = address.replace("\\", "/")
    return plain.startswith("/") and not plain.startswith("//") and address.isprintable()


def _digest(issue: int, key: str) -> str:
    number = int.from_bytes(hashlib.sha256(f"{issue}:{key}".encode()).digest()[:8])
    letters = []
    for _ in range(LONGEST):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)


def _is_written_so(code: str) -> bool:
    return bool(code) and all(letter in ALPHABET for letter in code)
