"""Finds what looks like personal details in a resident's words, so that it can be taken out before anybody reads it."""

import re
from collections.abc import Callable
from typing import NamedTuple

TAKEN_OUT = "[taken out]"

EMAIL = "an e-mail address"
PHONE = "a phone number"
ADDRESS = "an address of a home"
HOUSE = "the number of a house"
PLATE = "a number plate"
ADVERT = "several web addresses"

# An at sign may be the full-width one of an Asian keyboard.
_EMAIL = re.compile(r"[\w.+'-]{1,64}\s?[@\uff20]\s?[\w-]{1,63}(?:\.[\w-]{1,63})+")
# A British number: a zero or the country code, then nine or ten digits however they are spaced.
_PHONE = re.compile(r"(?<![\w.])(?:\(?(?:\+|00)44\)?[ ]?(?:\(0\))?|\(?0)(?:[ ().\-\u2010-\u2015]{0,2}\d){9,10}(?!\d)")

_POSTCODE = r"[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}\b"
_DOOR = r"(?<![\w.,:/£$-])\d{1,3}[A-Za-z]?"
# "12 Third Street, Horden, SR8 4LX" and "SR8 4LX, number 12": a postcode alone is some fifteen doors, with a number it is one.
_DOOR_THEN_POSTCODE = re.compile(rf"{_DOOR}(?:[ ,]{{1,2}}[A-Za-z][\w'.]{{0,20}}){{0,5}}[ ,\n]{{1,3}}{_POSTCODE}")
_POSTCODE_THEN_DOOR = re.compile(
    rf"\b{_POSTCODE}[ ,(\n]{{1,3}}(?:(?:house|flat|door) )?(?:(?:no\.?|number|nr\.?) ?)?\d{{1,3}}[a-z]?\b(?! ?(?:%|[a-z]))",
    re.IGNORECASE,
)
_KINDS_OF_STREET = (
    "street|st|road|rd|terrace|close|avenue|ave|drive|gardens|crescent|place|court|lane|way|square|villas|grove|walk"
    "|row|mews"
)
_ORDINALS = (
    "(?i:(?:twenty[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth"
    "|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth)"
)
_DOOR_AND_STREET = re.compile(
    rf"{_DOOR},? (?:{_ORDINALS}|[A-Z][a-z']{{2,20}}(?: [A-Z][a-z']{{2,20}})?) (?i:{_KINDS_OF_STREET})\b(?! (?i:block))"
)

# "at no 12", "No. 12", "number 12", "flat 3b"; a bare "no 12" might be a refusal, so it needs a word like "at" before it.
_HOUSE = re.compile(
    r"\b(?:(?:house |door |flat )?(?:no\.|number|nr\.?|nos\.?) ?|flat |"
    r"(?:(?<=\bat )|(?<=\bof )|(?<=\bfrom )|(?<=\bby )|(?<=\boutside )|(?<=\bopposite )|(?<=\bbehind )|(?<=\bnear )"
    r"|(?<=\bto )|(?<=\bis )|(?<=\blive )|(?<=\blives ))no )(?P<door>\d{1,3}[a-z]?)\b(?P<after>[ -]?[\w%]*)",
    re.IGNORECASE,
)
# What a number is not a door of: "the number 23 bus", "no. 1 priority", "number 10 bins".
_NOT_A_DOOR_BEFORE = re.compile(
    r"(?:bus|route|service|stop|platform|pit|phone|tel|telephone|the right)[ :]*$", re.IGNORECASE
)
_AFTER_NO_DOOR = (
    "bus buses service route stop priority reason problem issue thing choice one mph miles minutes minute people years "
    "year days times pm am hours percent % per metres more bins trees houses shops streets benches"
)
_NOT_A_DOOR_AFTER = frozenset(_AFTER_NO_DOOR.split())

# Today's plates in capitals, or run together; the older two kinds only in capitals, and not where a word stands in for letters.
_PLATES = (
    re.compile(r"\b(?![A-Z]{2}\d{2} ?(?:AND|THE|FOR|BUS)\b)[A-HJ-PR-Y]{2}\d{2} ?[A-HJ-PR-Z]{3}\b"),
    re.compile(r"\b[a-hj-pr-yA-HJ-PR-Y]{2}\d{2}[a-hj-pr-zA-HJ-PR-Z]{3}\b"),
    re.compile(r"\b[A-HJ-NPR-TV-Y]\d{1,3} ?(?P<letters>[A-HJ-PR-Z]{3})\b"),
    re.compile(r"\b(?P<letters>[A-HJ-PR-Z]{3}) ?\d{1,3}[A-HJ-NPR-TV-Y]\b"),
)
_SHORT_WORDS = (
    "AND THE BUS FOR NOT HAS WAS ARE BUT OUT OFF ALL ANY CAN DAY END GET HAD HER HIM HOW ITS MAN MAY NEW NOW OLD ONE OUR "
    "OWN PUT SAY SEE SHE TOO TWO USE WAY WHO WHY YES YET YOU FAR TOP RUN LET CAR VAN BIN DOG ROAD GAP LOT ACT SEC"
)
_WORDS_OF_THREE = frozenset(_SHORT_WORDS.split())

_LINK = re.compile(r"\bhttps?://|\bwww\.", re.IGNORECASE)
_LINKS_OF_AN_ADVERT = 2


class Mark(NamedTuple):
    """One thing found: its kind in words, and where it stands in the text."""

    kind: str
    start: int
    end: int


class Piece(NamedTuple):
    """A stretch of a text, and what was found in it; no kind where it is plain."""

    text: str
    kind: str


def _is_plate(match: re.Match[str]) -> bool:
    return match.groupdict().get("letters", "") not in _WORDS_OF_THREE


def _is_house(match: re.Match[str]) -> bool:
    after = match["after"].strip(" -").lower()
    return after not in _NOT_A_DOOR_AFTER and not _NOT_A_DOOR_BEFORE.search(
        match.string[max(0, match.start() - 12) : match.start()]
    )


def _always(match: re.Match[str]) -> bool:
    return True


# The first to find something keeps it: a number plate inside an e-mail address is the e-mail address.
_RULES: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    (EMAIL, _EMAIL, _always),
    (PHONE, _PHONE, _always),
    (ADDRESS, _DOOR_THEN_POSTCODE, _always),
    (ADDRESS, _POSTCODE_THEN_DOOR, _always),
    (ADDRESS, _DOOR_AND_STREET, _always),
    *((PLATE, pattern, _is_plate) for pattern in _PLATES),
    (HOUSE, _HOUSE, _is_house),
)


def personal_marks(words: str) -> list[Mark]:
    """Every personal detail in these words, in the order in which they stand; no two overlap."""
    found: list[Mark] = []
    for kind, pattern, is_one in _RULES:
        for match in pattern.finditer(words):
            start, end = match.start(), match.end("door") if "door" in match.groupdict() else match.end()
            if is_one(match) and all(end <= mark.start or start >= mark.end for mark in found):
                found.append(Mark(kind, start, end))
    return sorted(found, key=lambda mark: mark.start)


def pieces(words: str) -> list[Piece]:
    """The whole text cut where something was found, so that a page can mark it by a word and a colour."""
    cut, at = [], 0
    for mark in personal_marks(words):
        cut += [Piece(words[at : mark.start], ""), Piece(words[mark.start : mark.end], mark.kind)]
        at = mark.end
    return [piece for piece in [*cut, Piece(words[at:], "")] if piece.text]


def without_marks(words: str) -> str:
    """The text with every personal detail taken out, and a sign in its place that something was there."""
    while any(piece.kind for piece in pieces(words)):
        words = "".join(TAKEN_OUT if piece.kind else piece.text for piece in pieces(words))
    return words


def why_held(*texts: str) -> str:
    """What a moderator should look for, in one phrase; empty when nothing was found."""
    kinds = dict.fromkeys(mark.kind for text in texts for mark in personal_marks(text))
    return " and ".join(kinds)


def reads_like_an_advert(words: str) -> bool:
    """Whether these words point to several other sites, as adverts do and comments about a place rarely."""
    return len(_LINK.findall(words)) >= _LINKS_OF_AN_ADVERT
