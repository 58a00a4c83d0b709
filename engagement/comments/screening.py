"""Finds what looks like somebody's personal details in a resident's words, so that a person reads them before anybody else."""

import re
from typing import NamedTuple

# An at sign may be the full-width one of an Asian keyboard.
_EMAIL = re.compile(r"[\w.+'-]{1,64}\s?[@\uff20]\s?[\w-]{1,63}(?:\.[\w-]{1,63})+")
# A British number: a zero or the country code, then nine or ten digits however they are spaced.
_PHONE = re.compile(r"(?<![\w.])(?:\(?(?:\+|00)44\)?[ ]?(?:\(0\))?|\(?0)(?:[ ().\-\u2010-\u2015]{0,2}\d){9,10}(?!\d)")


class Mark(NamedTuple):
    """One thing found: its kind in words, and where it stands in the text."""

    kind: str
    start: int
    end: int


def personal_marks(words: str) -> list[Mark]:
    """Every e-mail address and British telephone number in these words, in the order in which they stand."""
    found = [
        Mark(kind, *match.span())
        for kind, pattern in (("an e-mail address", _EMAIL), ("a phone number", _PHONE))
        for match in pattern.finditer(words)
    ]
    return sorted(found, key=lambda mark: mark.start)


def why_held(*texts: str) -> str:
    """What a moderator should look for, in one phrase; empty when nothing was found."""
    kinds = dict.fromkeys(mark.kind for text in texts for mark in personal_marks(text))
    return " and ".join(kinds)
