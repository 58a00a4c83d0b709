"""How alike two comments about nearby places are: the words they share, weighed, and the metres between them, together.

Everything can be said to a person: "40 metres away, both say: light, lane". Words are cut to their stems, and words for
one thing ("lamp", "street light", "dark") count as that thing. Near by, a little likeness is enough; the farther apart,
the more is needed, and beyond FARTHEST_METRES nothing is alike.
"""

import math
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

FARTHEST_METRES = 300
# How alike words must be when they are about one spot, and when they are as far apart as may be.
ENOUGH_HERE = 0.42
ENOUGH_FAR = 0.72
# Where nobody put a pin, the places are words too, and as little can be known as of the farthest.
ENOUGH_WITHOUT_A_PIN = 0.6

_EMPTY_WORDS = (
    "a about after again all along also always am an and any are around as at be because been being but by can could did do "
    "does done down each even ever every everywhere far few for from get gets getting give go goes going got had has have "
    "here hers him his how i if in into is it its just keep keeps let lets like lot lots make makes many me might mine most "
    "much my no not now of off often on one or our out over part past per put puts quite re really round s should so some "
    "such t than that the their them then there these they thing things this those through till to told too total u under "
    "until up us used use very was way we were what when where which while who why will wish with without would yes you your "
    "already although back between outside inside front behind above below near next beside end made us whole huge big "
    "fully full day night cannot cant dont doesnt isnt arent wont im ive tear went years year old new"
)
# Said of many places and many things: they tell little.
_FAINT_WORDS = (
    "street road lane corner place area village park field grass green house shop centre school wall gate land path "
    "pavement need please more better good great lovely nice bad awful people local enough time could want love beautiful "
    "car wheel town horden remember miss bring open stop kid safe play church friendly water post market nothing"
)
_EMPTY, _FAINT = frozenset(_EMPTY_WORDS.split()), frozenset(_FAINT_WORDS.split())
_FAINT_WEIGHT = 0.35
_ONE_THING: Mapping[str, str] = {
    other: thing
    for thing, others in {
        "light": "lamp lit unlit dark streetlight streetlamp lighting bulb",
        "mess": "poo poop muck fouling foul dirt turd",
        "rubbish": "litter trash tip tipping flytip flytipping dump dumped",
        "speed": "fast speeding racing race",
        "pothole": "hole",
        "motorbike": "bike biker quad moped",
        "broken": "smashed smash break broke damaged vandalised cracked broken",
        "bench": "seat seating sit",
        "crossing": "zebra cross pelican",
        "flood": "flooded flooding drain",
        "overgrown": "bramble weed nettle overgrow",
        "pavement": "footpath path",
        "kid": "child children bairn youth teenager teen young youngster",
        "toilet": "loo wc",
        "pram": "pushchair buggy",
        "flower": "planting planter bloom",
        "grandad": "grandfather granda",
        "ice": "icy grit gritted slippy slippery snow",
        "leak": "leaking burst",
        "drug": "dealing dealer needle",
        "parking": "parked park_car",
        "subway": "underpass",
        "noise": "noisy loud",
        "tidy": "kept clean",
        "handrail": "rail",
        "lovely": "nice beautiful pretty",
        "kerb": "curb",
        "school": "academy",
        "wind": "windy blow",
    }.items()
    for other in (thing, *others.split())
}
# Two words that are one.
_JOINED = {
    "pot hole": "pothole", "hand rail": "handrail", "foot path": "footpath", "street light": "streetlight",
    "street lamp": "streetlamp", "fly tip": "flytip", "bus stop": "busstop", "bus shelter": "busstop",
    "off road": "offroad", "motor bike": "motorbike", "play area": "playpark", "play park": "playpark",
    "wheel chair": "wheelchair", "take away": "takeaway",
}  # fmt: skip
# How many telling words a short and a long text must share to be compared by the short one, and for how much that counts.
STRONG_WORDS = 2
OF_THE_BRIEFER = 0.85


class Alike(NamedTuple):
    """How alike two comments are, from 0 to 1, which words both say, and how far apart they are (None without a pin)."""

    score: float
    shared: tuple[str, ...]
    metres: float | None

    @property
    def is_enough(self) -> bool:
        """Whether somebody should be asked if they are the same."""
        return bool(self.shared) and self.score >= needed(self.metres)


def needed(metres: float | None) -> float:
    """How alike words must be at this distance; more than any words can be when it is too far."""
    if metres is None:
        return ENOUGH_WITHOUT_A_PIN
    if metres > FARTHEST_METRES:
        return 2.0
    return ENOUGH_HERE + (ENOUGH_FAR - ENOUGH_HERE) * metres / FARTHEST_METRES


def alike(words: str, other: str, *, metres: float | None) -> Alike:
    """How alike two comments are; the words that both say come with it, so that a person can judge."""
    ours, theirs = things(words), things(other)
    shared = ours.keys() & theirs.keys()
    weight = sum(_weight(thing) for thing in shared)
    one, two = sum(map(_weight, ours)), sum(map(_weight, theirs))
    both = math.sqrt(one * two)
    if sum(_weight(thing) == 1 for thing in shared) >= STRONG_WORDS:
        # Somebody who tells a long story and somebody who is brief may mean the same: go by what the brief one says.
        both = min(both, min(one, two) / OF_THE_BRIEFER)
    said = sorted(shared, key=lambda thing: (-_weight(thing), ours[thing]))
    return Alike(weight / both if both else 0.0, tuple(ours[thing] for thing in said), metres)


def things(words: str) -> dict[str, str]:
    """What a text is about: each thing with the word that was used for it."""
    return dict(_things(words))


@lru_cache(maxsize=4096)
def _things(words: str) -> tuple[tuple[str, str], ...]:
    typed = re.sub(r"[’'`]", "", words.lower())
    for apart, joined in _JOINED.items():
        typed = re.sub(rf"\b{apart[: apart.index(' ')]}[ -]{apart[apart.index(' ') + 1 :]}", joined, typed)
    found: dict[str, str] = {}
    for word in re.findall(r"[a-z]{2,}", typed):
        if word not in _EMPTY:
            found.setdefault(_thing(word), word)
    return tuple(found.items())


def _thing(word: str) -> str:
    """The stem of a word, or the word that stands for the same thing."""
    return next((_ONE_THING[form] for form in _forms(word) if form in _ONE_THING), _stem(word))


def _forms(word: str) -> Iterable[str]:
    yield word
    yield word.removesuffix("s")
    yield _stem(word)


def _stem(word: str) -> str:
    """A word without its commonest endings."""
    for ending, instead in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("ly", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + instead
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


_FAINT_STEMS = frozenset(map(_stem, _FAINT)) | _FAINT


def _weight(thing: str) -> float:
    return _FAINT_WEIGHT if thing in _FAINT_STEMS else 1.0
