"""When a consultation takes comments: from its first day to its last, and not a day longer, without anybody's hand."""

from datetime import date
from enum import StrEnum

from portal.clock import say_date

SHUT = "We are not taking comments here at the moment."


class Opening(StrEnum):
    """Where a consultation stands on one day."""

    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"
    SHUT = "shut"


def opening_on(day: date, *, is_open: bool, opens_on: date | None, closes_on: date | None) -> Opening:
    """Closed after its last day, coming before its first, open between them unless staff shut it."""
    if closes_on and day > closes_on:
        return Opening.CLOSED
    if not is_open:
        return Opening.SHUT
    return Opening.COMING if opens_on and day < opens_on else Opening.OPEN


def why_not(opening: Opening, *, opens_on: date | None, closes_on: date | None) -> str:
    """Why no comment is taken, in a sentence for the one who wrote it; nothing where it is."""
    if opening is Opening.CLOSED and closes_on:
        return f"This closed on {say_date(closes_on)} {closes_on.year}. What people said can still be read."
    if opening is Opening.COMING and opens_on:
        return f"This opens on {say_date(opens_on)}. Please come back then."
    return "" if opening is Opening.OPEN else SHUT


def days_said(opens_on: date | None, closes_on: date | None) -> str:
    """Its days as people say them: "from Monday 2 March until Friday 27 March 2026"; nothing where it has no end."""
    first = f"from {say_date(opens_on)} {opens_on.year}" if opens_on else ""
    last = f"until {say_date(closes_on)} {closes_on.year}" if closes_on else ""
    return " ".join(part for part in (first, last) if part)
