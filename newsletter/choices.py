"""What a reader chooses: how often, about what and from where. None of a kind means all of it."""

from dataclasses import dataclass
from typing import Any, Self

EACH_ISSUE, WEEKLY = "each_issue", "weekly"


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Topics and place by their numbers, as they are kept with an asking until it is confirmed."""

    frequency: str = EACH_ISSUE
    topics: tuple[int, ...] = ()
    place: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {"frequency": self.frequency, "topics": sorted(self.topics), "place": self.place}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """What was kept; an asking from before there were choices kept nothing, which is everything."""
        return cls(
            frequency=kept.get("frequency", EACH_ISSUE),
            topics=tuple(kept.get("topics", ())),
            place=kept.get("place"),
        )


EVERYTHING = Choices()
