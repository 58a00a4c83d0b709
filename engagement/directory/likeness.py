"""Whether two entries of the directory may be the same place listed twice with different words; a guess for a person to judge.

Where the two lie counts most, then the words of name and building. A word that many entries share (church, library,
warm) weighs little, one that few have weighs much, so no list of such words has to be kept. Only entries that share a
postcode, a square of the map, a telephone number, a web page or a whole name are compared, so twice as many entries cost
about twice as much.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from portal.geo.coordinates import Point, distance_metres

ENOUGH = 0.55
CLOSE, NEAR, AWAY = 60, 160, 1_000
SQUARE = 0.0025  # degrees of latitude: about 280 metres
MOST_IN_A_BLOCK = 60
_SHARED_NUMBER, _SHARED_PAGE = 0.3, 0.25
_WORD = re.compile(r"[a-z0-9]+")
_SMALL = frozenset(["a", "an", "and", "at", "for", "in", "of", "on", "s", "the", "to", "with"])
_ENDINGS = {"centre": "center", "saint": "st", "saints": "st", "rd": "road", "ave": "avenue", "workmens": "workingmens"}


@dataclass(frozen=True)
class Entry:
    """What an entry says of itself, by its number."""

    number: int
    name: str
    address: str = ""
    postcode: str = ""
    point: Point | None = None
    phone: str = ""
    website: str = ""

    @cached_property
    def name_words(self) -> frozenset[str]:
        return _words(self.name)

    @cached_property
    def building_words(self) -> frozenset[str]:
        """The name and the first line of the address, which is often the real name of the place."""
        return self.name_words | _words(self.address.split(",")[0])

    @cached_property
    def phone_digits(self) -> str:
        digits = re.sub(r"\D", "", self.phone)
        return digits.removeprefix("44").removeprefix("0") if len(digits) >= 9 else ""

    @cached_property
    def page(self) -> str:
        """The web page without what differs for no reason; none for a home page, which whole councils share."""
        found = re.sub(r"^https?://(www\.)?", "", self.website.strip().lower()).rstrip("/")
        return found if "/" in found else ""


@dataclass(frozen=True)
class Alike:
    """Two entries by number, the smaller first, how alike from 0 to 1, and why in words."""

    first: int
    second: int
    score: float
    because: str


def alike_pairs(entries: Iterable[Entry]) -> list[Alike]:
    """The pairs that a person should look at, likeliest first."""
    known = list(entries)
    weights = _weights(known)
    found = (_compare(one, other, weights) for one, other in _to_compare(known))
    return sorted(
        (pair for pair in found if pair.score >= ENOUGH), key=lambda pair: (-pair.score, pair.first, pair.second)
    )


def _words(text: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", text.lower().replace("&", " and ")).encode("ascii", "ignore").decode()
    spaced = re.sub(r"['`.]", "", plain.replace("'s", "s"))
    found = (_ENDINGS.get(word, word) for word in _WORD.findall(spaced))
    return frozenset(_singular(word) for word in found if word not in _SMALL)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def _weights(entries: list[Entry]) -> Mapping[str, float]:
    """How much each word tells: much where few entries have it."""
    times = Counter(word for entry in entries for word in entry.building_words)
    return {word: math.log((len(entries) + 1) / count) for word, count in times.items()}


def _to_compare(entries: list[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Each pair once of those that share something; of a crowd only those whose names stand side by side."""
    blocks: dict[Hashable, list[Entry]] = defaultdict(list)
    for entry in entries:
        for key in _keys(entry):
            blocks[key].append(entry)
    seen: set[tuple[int, int]] = set()
    for block in blocks.values():
        for one, other in _pairs_of(block):
            first, second = (one, other) if one.number < other.number else (other, one)
            if first.number != second.number and (first.number, second.number) not in seen:
                seen.add((first.number, second.number))
                yield first, second


def _pairs_of(block: list[Entry]) -> Iterator[tuple[Entry, Entry]]:
    if len(block) <= MOST_IN_A_BLOCK:
        yield from combinations(block, 2)
        return
    in_order = sorted(block, key=lambda entry: (sorted(entry.name_words), entry.number))
    for position, entry in enumerate(in_order):
        for other in in_order[position + 1 : position + 6]:
            yield entry, other


def _keys(entry: Entry) -> Iterator[Hashable]:
    if entry.postcode:
        yield "postcode", entry.postcode
    if entry.phone_digits:
        yield "phone", entry.phone_digits
    if entry.page:
        yield "page", entry.page
    yield "name", entry.name_words
    if entry.point:
        row, column = math.floor(entry.point.latitude / SQUARE), math.floor(entry.point.longitude / (SQUARE * 1.7))
        for down, across in ((0, 0), (0, 1), (1, -1), (1, 0), (1, 1)):
            # Each square and the half of its neighbours that comes after it: two entries meet in the square of one.
            yield "square", row + down, column + across


def _compare(one: Entry, other: Entry, weights: Mapping[str, float]) -> Alike:
    place, where = _place(one, other)
    words = max(
        _shared(one.building_words, other.building_words, weights),
        0.9 * _shared(one.name_words, other.name_words, weights),
    )
    score = 0.55 * place + 0.45 * words
    because = [where] if where else []
    if words >= 0.5:
        because.append("much the same words")
    if one.phone_digits and one.phone_digits == other.phone_digits:
        score += _SHARED_NUMBER
        because.append("the same telephone number")
    if one.page and one.page == other.page:
        score += _SHARED_PAGE
        because.append("the same web page")
    return Alike(one.number, other.number, round(min(score, 1.0), 3), ", ".join(because))


def _place(one: Entry, other: Entry) -> tuple[float, str]:
    """How surely two entries lie at one spot, from 0 to 1, and why."""
    metres = distance_metres(one.point, other.point) if one.point and other.point else None
    if one.postcode and one.postcode == other.postcode:
        if metres is not None and metres <= CLOSE:
            return 1.0, "the same postcode and point on the map"
        return (0.7 if metres is not None and metres > AWAY else 0.85), "the same postcode"
    if one.postcode and other.postcode and one.postcode.split()[0] != other.postcode.split()[0]:
        return 0.0, ""  # points at one spot with postcodes far apart: one of them is wrong
    if metres is None:
        return 0.45, ""
    if metres <= CLOSE:
        return 0.75, "close together on the map"
    return (0.4, "near each other") if metres <= NEAR else (0.2 if metres <= AWAY else 0.0, "")


def _shared(some: frozenset[str], others: frozenset[str], weights: Mapping[str, float]) -> float:
    """How much of what the shorter one's words tell is in the other's too, from 0 to 1."""
    told = min(sum(weights[word] for word in some), sum(weights[word] for word in others))
    return sum(weights[word] for word in some & others) / told if told else 0.0
