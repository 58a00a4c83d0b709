"""Which comments somebody asked for: read once from an address, meant the same by list, map and feed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from engagement.comments.map.bounds import Bounds
from portal.text import plain

FEELINGS = ("good", "needs_work", "idea", "memory", "hope")
ANSWERED = {"answered": "Answered", "not_answered": "Not answered yet"}
LONGEST_QUERY = 100
_SLUG = re.compile(r"[-\w]{1,100}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What was chosen; an empty value narrows nothing. `problem` says what could not be understood."""

    theme: str = ""
    feeling: str = ""
    status: str = ""
    place: str = ""
    query: str = ""
    consultation: str = ""
    bounds: Bounds | None = None
    problem: str = ""

    @property
    def as_parameters(self) -> dict[str, str]:
        """The selection as an address says it."""
        named = {
            "consultation": self.consultation,
            "theme": self.theme,
            "feeling": self.feeling,
            "status": self.status,
            "place": self.place,
            "q": self.query,
            "bbox": str(self.bounds) if self.bounds else "",
        }
        return {name: value for name, value in named.items() if value}

    def as_query(self) -> str:
        """The end of an address for this selection, with its question mark, or nothing."""
        return f"?{urlencode(self.as_parameters)}" if self.as_parameters else ""

    def at(self, bounds: Bounds) -> "Selection":
        """The same selection in another part of the map."""
        return replace(self, bounds=bounds)

    @property
    def only_consultation(self) -> "Selection":
        """Everything of the same consultation."""
        return Selection(consultation=self.consultation)

    def chips(
        self, themes: Mapping[str, str], feelings: Mapping[str, str], places: Mapping[str, str]
    ) -> list[dict[str, str]]:
        """Each choice made, in words, with the end of the address without it."""
        made = {
            "theme": themes.get(self.theme, self.theme),
            "feeling": feelings.get(self.feeling, ""),
            "status": ANSWERED.get(self.status, ""),
            "place": places.get(self.place, self.place),
            "query": f"“{self.query}”" if self.query else "",
            "bounds": "This part of the map" if self.bounds else "",
        }
        empty: dict[str, Any] = {"bounds": None}
        return [
            {"label": label, "query": replace(self, **{name: empty.get(name, "")}).as_query()}
            for name, label in made.items()
            if label
        ]

    @property
    def is_counted(self) -> bool:
        """Whether the counts of the map know the answer, or each comment has to be looked at."""
        return not (self.status or self.place or self.query)

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the consultation was chosen."""
        return bool(self.theme or self.feeling or self.status or self.place or self.query or self.bounds)


def read_selection(asked: Mapping[str, str]) -> Selection:
    """The selection in an address. A choice that does not exist narrows nothing; a bad bbox is told in `problem`."""
    bounds, problem = None, ""
    if asked.get("bbox"):
        try:
            bounds = Bounds.read(asked["bbox"][:200])
        except ValueError as error:
            problem = str(error)
    feeling, status = asked.get("feeling", ""), asked.get("status", "")
    return Selection(
        theme=_slug(asked.get("theme", "")),
        feeling=feeling if feeling in FEELINGS else "",
        status=status if status in ANSWERED else "",
        place=_slug(asked.get("place", "")),
        query=plain(asked.get("q", ""), limit=LONGEST_QUERY),
        consultation=_slug(asked.get("consultation", "")),
        bounds=bounds,
        problem=problem,
    )


def _slug(text: str) -> str:
    return text if _SLUG.fullmatch(text) else ""
