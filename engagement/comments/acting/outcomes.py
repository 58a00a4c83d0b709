"""Which actions somebody asked for, by place and by quarter: read once from an address, meant the same by page and feed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from engagement.comments.acting.quarters import Quarter


@dataclass(frozen=True, kw_only=True)
class ActionSelection:
    """What was chosen: the slug of a named place, and a quarter; an empty value narrows nothing."""

    place: str = ""
    quarter: Quarter | None = None

    @property
    def as_parameters(self) -> dict[str, str]:
        named = {"place": self.place, "quarter": str(self.quarter or "")}
        return {name: value for name, value in named.items() if value}

    def as_query(self) -> str:
        """The end of an address for this selection, with its question mark, or nothing."""
        return f"?{urlencode(self.as_parameters)}" if self.as_parameters else ""

    def chips(self, places: Mapping[str, str]) -> list[dict[str, str]]:
        """Each choice made, in words, with the end of the address without it."""
        made = []
        if self.place:
            made.append({"label": places.get(self.place, self.place), "query": replace(self, place="").as_query()})
        if self.quarter:
            made.append({"label": self.quarter.words, "query": replace(self, quarter=None).as_query()})
        return made


def read_action_selection(asked: Mapping[str, str], *, places: Collection[str]) -> ActionSelection:
    """The selection in an address; a choice that is not among `places`, or no quarter, narrows nothing."""
    place = asked.get("place", "")
    return ActionSelection(place=place if place in places else "", quarter=Quarter.read(asked.get("quarter", "")[:10]))
