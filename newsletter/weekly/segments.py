"""For whom one set of words of the weekly mail is made: a place and some topics. Everybody falls into exactly one."""

from dataclasses import dataclass
from hashlib import sha256

LONGEST_KEY = 120


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A place and topics by their numbers; None and none mean everywhere and everything."""

    place: int | None
    topics: frozenset[int]

    @property
    def key(self) -> str:
        """What tells it from every other segment, short enough to be kept: "7/1,4"."""
        if self.place is None and not self.topics:
            return ""
        topics = ",".join(str(number) for number in sorted(self.topics))
        place = "" if self.place is None else str(self.place)
        key = f"{place}/{topics}"
        return key if len(key) <= LONGEST_KEY else f"{place}/#{sha256(topics.encode()).hexdigest()}"


# Readers who want all there is. The row with its empty key is also the record that the day's mail was seen to.
THE_WHOLE = Segment(place=None, topics=frozenset())


def read_key(key: str) -> tuple[int | None, list[int]]:
    """The place and the topics of a kept key; no topics where there were too many to keep."""
    place, _, topics = key.partition("/")
    numbers = [int(number) for number in topics.split(",") if number.isdecimal()]
    return (int(place) if place.isdecimal() else None), numbers
