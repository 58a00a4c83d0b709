"""Six words with which somebody comes back: they find what was written and open it, and are stored nowhere.

Six of over a thousand words are at least 60 bits; each guess costs a tenth of a second and 32 MB of memory (scrypt), and the
installation's own key goes into it, so that a copy of the database alone cannot be guessed against.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from selfreferral.vault import KEY_BYTES, VaultIsShut

HOW_MANY = 6
# Common words that people can remember and say; none hurts.
WORDS = tuple((Path(__file__).parent / "data" / "return_words.txt").read_text(encoding="utf-8").split())
_KNOWN = frozenset(WORDS)
_COST = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 1024 * 1024}


@dataclass(frozen=True)
class Opener:
    """What a code becomes: `finder` finds the door in the database, `key` opens what lies behind it."""

    finder: str
    key: str


def new_code() -> str:
    """Six random words, such as "apple river candle boat seven moss"."""
    return " ".join(secrets.choice(WORDS) for _ in range(HOW_MANY))


def normalise(typed: str) -> str:
    """The code as it was given, however it was typed; empty when it cannot be one."""
    words = re.findall(r"[a-z]+", typed[:400].lower())
    return " ".join(words) if len(words) == HOW_MANY and _KNOWN.issuperset(words) else ""


def unknown_words(typed: str) -> list[str]:
    """Words of ours it has none of: those that were misread or mistyped. Says nothing about whether a code exists."""
    return [word for word in re.findall(r"[^\W\d_]+", typed[:400].lower()) if word not in _KNOWN]


def opener(code: str) -> Opener:
    """Stretch a code into what finds and what opens; costs a tenth of a second, on purpose."""
    if not settings.INDEX_KEY:
        raise VaultIsShut("INDEX_KEY is empty.")
    salt = hmac.new(settings.INDEX_KEY.encode(), b"selfreferral.return", hashlib.sha256).digest()
    made = hashlib.scrypt(code.encode(), salt=salt, dklen=2 * KEY_BYTES, **_COST)
    return Opener(hashlib.sha256(b"selfreferral.return.find:" + made[:KEY_BYTES]).hexdigest(), made[KEY_BYTES:].hex())
