"""What the list of places calls itself, by what a place is for."""

from dataclasses import dataclass

from engagement.directory.lists.wanted import What


@dataclass(frozen=True)
class Name:
    """A heading, a sentence below it, and what one and several are called."""

    title: str
    lead: str
    noun: str
    nouns: str


NAMES = {
    What.WARM: Name(
        "Warm spaces",
        "Places where you can come in, get warm and have company. You do not have to say why you came.",
        "warm space",
        "warm spaces",
    ),
    What.FOOD: Name(
        "Food",
        "Places where there is something to eat or a hot drink. You do not have to say why you came.",
        "place with food",
        "places with food",
    ),
    What.ADVICE: Name(
        "Advice",
        "Places where somebody helps with money, a home or forms.",
        "place with advice",
        "places with advice",
    ),
    What.ANY: Name("Places", "Every place we know of here.", "place", "places"),
}
