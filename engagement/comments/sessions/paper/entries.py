"""Reads what was written on paper, as somebody typed it: one sticker a row, from the grid on the screen or from a file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from engagement.comments.sessions.paper.grid import Grid
from portal.text import plain

FIELDS = ("number", "where", "feeling", "words", "agreeing", "theme")
FEELINGS = {"good": "Good", "needs_work": "Needs work", "idea": "Idea", "memory": "Memory", "hope": "Hope"}
LONGEST_WORDS = 5000
MOST_AGREEING = 999
# What a file says of a comment whose pin a moderator has moved off the map: it stays where it is.
WHERE_IT_IS = "where its pin is"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One sticker: its number, where it stood, and what was written beside its number."""

    number: int
    feeling: str
    words: str
    agreeing: int = 0
    square: str = ""
    place_name: str = ""
    theme_name: str = ""
    stays_where_it_is: bool = False

    @property
    def as_row(self) -> dict[str, str]:
        """The entry as a row of the file says it."""
        where = self.square or self.place_name or (WHERE_IT_IS if self.stays_where_it_is else "")
        return {
            "number": str(self.number),
            "where": where,
            "feeling": FEELINGS.get(self.feeling, ""),
            "words": self.words,
            "agreeing": str(self.agreeing or ""),
            "theme": self.theme_name,
        }


class BadEntry(Exception):
    """A row that cannot be taken: a sentence for each field that is wrong."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


class EntryReader:
    """Turns rows into entries, for one session with its squares, its stickers, and the names that staff keep."""

    def __init__(self, *, grid: Grid, numbers: range, places: Iterable[str], themes: Iterable[str]) -> None:
        self.grid = grid
        self.numbers = numbers
        self.places = {_key(name): name for name in places}
        self.themes = {_key(name): name for name in themes}

    def read(self, typed: Mapping[str, Any]) -> Entry | None:
        """The entry of a row; None for a row with nothing but a number; BadEntry says what is wrong, field by field."""
        row = {name: plain(str(typed.get(name) or ""), limit=2 * LONGEST_WORDS) for name in FIELDS}
        if not any(value for name, value in row.items() if name != "number"):
            return None
        problems: dict[str, str] = {}
        made: dict[str, Any] = {}
        for name in FIELDS:
            try:
                made.update(getattr(self, f"_{name}")(row[name]))
            except ValueError as problem:
                problems[name] = str(problem)
        if problems:
            raise BadEntry(problems)
        return Entry(**made)

    def _number(self, typed: str) -> dict[str, Any]:
        first, last = self.numbers[0], self.numbers[-1]
        if not typed:
            raise ValueError("Write the number of the sticker.")
        number = _whole(typed)
        if number is None or number not in self.numbers:
            raise ValueError(f"The stickers of this session have numbers from {first} to {last}.")
        return {"number": number}

    def _where(self, typed: str) -> dict[str, Any]:
        if not typed:
            raise ValueError("Write the square, such as C4, or the name of a place.")
        if typed.casefold() == WHERE_IT_IS:
            return {"stays_where_it_is": True}
        square = self.grid.read(typed)
        if square:
            return {"square": square}
        name = _one_of(typed, self.places)
        if name:
            return {"place_name": name}
        near = get_close_matches(_key(typed), self.places, n=1, cutoff=0.6)
        meant = f" Did you mean {self.places[near[0]]}?" if near else ""
        raise ValueError(
            f"“{typed[:40]}” is no square of this map ({self.grid.words}) and no place on our list.{meant}"
        )

    def _feeling(self, typed: str) -> dict[str, Any]:
        wanted = _key(typed).removeprefix("an ").removeprefix("a ")
        names = {_key(label): code for code, label in FEELINGS.items()}
        # Each starts with another letter, so that one key is enough.
        found = next((code for name, code in names.items() if wanted and name.startswith(wanted)), None)
        if found is None:
            raise ValueError("Choose how they feel: good, needs work, idea, memory or hope.")
        return {"feeling": found}

    def _words(self, typed: str) -> dict[str, Any]:
        if not typed:
            raise ValueError("Write what is on the paper.")
        if len(typed) > LONGEST_WORDS:
            raise ValueError(f"There is room for {LONGEST_WORDS:,} letters. Take some out.")
        return {"words": typed}

    def _agreeing(self, typed: str) -> dict[str, Any]:
        number = _whole(typed) if typed else 0
        if number is None or number > MOST_AGREEING:
            raise ValueError("Write how many people agreed as a number, or leave it empty.")
        return {"agreeing": number}

    def _theme(self, typed: str) -> dict[str, Any]:
        name = _one_of(typed, self.themes) if typed else ""
        if name is None:
            raise ValueError(f"There is no theme “{typed[:40]}”. Take one from the list, or leave it empty.")
        return {"theme_name": name}


def _key(name: str) -> str:
    """A name without the differences that do not matter: letters' case, spaces and apostrophes."""
    return " ".join(name.replace("’", "'").replace("_", " ").casefold().split())


def _one_of(typed: str, names: Mapping[str, str]) -> str | None:
    """The name that was meant: typed whole, or its beginning where only one name begins so."""
    key = _key(typed)
    if key in names:
        return names[key]
    starts = [name for known, name in names.items() if known.startswith(key)]
    return starts[0] if len(starts) == 1 else None


def _whole(typed: str) -> int | None:
    """A whole number that is not negative; None for anything else."""
    tidy = typed.removesuffix(".0")
    return int(tidy) if tidy.isascii() and tidy.isdigit() and len(tidy) < 6 else None
