"""The gate's rule about words that run together: a table pasted from a word processor loses its cells on the way."""

import re
from collections.abc import Iterable, Iterator

_TIME = r"\d{1,2}(?:[.:]\d{2})?(?:am|pm)"
_DAY = r"(?:Mon(?:day)?|Tue(?:s|sday)?|Wed(?:s|nesday)?|Thu(?:r|rs|rsday)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?)"
_JOINED = re.compile(
    rf"[a-z]{_TIME}(?![a-z])|{_TIME}(?:[A-Z]|{_TIME})|(?:[a-z]|\d){_DAY}(?![a-z])|{_DAY}\d{{1,2}}(?!\d)"
)
_AN_ADDRESS = re.compile(r"://|@|^www\.|/")
MOST_SHOWN = 3


def words_that_run_together(sentences: Iterable[str]) -> Iterator[str]:
    """One finding for a part, with the first of the runs: "Mon10amTue11am"."""
    runs = [
        word.strip(".,;:!?()“”\"'")
        for sentence in sentences
        for word in sentence.split()
        if _JOINED.search(word) and not _AN_ADDRESS.search(word)
    ]
    if runs:
        shown = ", ".join(f"“{run if len(run) <= 40 else run[:39] + '…'}”" for run in dict.fromkeys(runs[:MOST_SHOWN]))
        yield f": some words run together: {shown}. A table loses its cells when it is pasted. Write a line for each row."
