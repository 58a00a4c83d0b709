"""Reads what another program asks for; what cannot be read is answered in GeoReport's own form of an error."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.dateparse import parse_datetime

from engagement.comments.map.bounds import Bounds
from portal.references import normalise_reference

OPEN, CLOSED = "open", "closed"
# The service of comments whose author chose no theme.
ANYTHING = "anything"
MOST_ON_A_PAGE = 1000
LAST_PAGE = 1_000_000
LONGEST_LIST = 1000


class BadRequest(Exception):
    """What was asked cannot be answered; the sentence says which part of it."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was asked: references alone, or any of the rest; an empty value narrows nothing."""

    references: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    status: str = ""
    bounds: Bounds | None = None
    page: int = 1
    page_size: int = MOST_ON_A_PAGE

    @property
    def first(self) -> int:
        """How many come before this page."""
        return (self.page - 1) * self.page_size


def read_asked(parameters: Mapping[str, str]) -> Asked:
    """What a query asks; `service_request_id` overrides everything else, as the standard says. Raises BadRequest."""
    page = _number(parameters, "page", 1, LAST_PAGE)
    page_size = _number(parameters, "page_size", MOST_ON_A_PAGE, MOST_ON_A_PAGE)
    if parameters.get("service_request_id"):
        asked = _words(parameters["service_request_id"])
        return Asked(
            references=tuple(normalise_reference(word) or word for word in asked), page=page, page_size=page_size
        )
    return Asked(
        services=_words(parameters.get("service_code", "")),
        since=_moment(parameters, "start_date"),
        until=_moment(parameters, "end_date"),
        status=_status(parameters.get("status", "")),
        bounds=_bounds(parameters.get("bbox", "")),
        page=page,
        page_size=page_size,
    )


def _words(text: str) -> tuple[str, ...]:
    words = tuple(word.strip() for word in text.split(",") if word.strip())
    if len(words) > LONGEST_LIST:
        raise BadRequest(f"Ask for at most {LONGEST_LIST} at once.")
    return words


def _number(parameters: Mapping[str, str], name: str, usual: int, most: int) -> int:
    text = parameters.get(name, "").strip()
    if not text:
        return usual
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or not 1 <= int(text) <= most:
        raise BadRequest(f"{name} must be a whole number from 1 to {most}.")
    return int(text)


def _moment(parameters: Mapping[str, str], name: str) -> datetime | None:
    # A plus sign that was not escaped arrives as a space.
    text = parameters.get(name, "").strip().replace(" ", "+")
    if not text:
        return None
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise BadRequest(f"{name} must be a date and time with a zone, such as 2026-03-02T10:00:00Z.")
    return moment


def _status(text: str) -> str:
    """One of the two, or nothing where both were asked for."""
    words = set(_words(text.lower()))
    if words - {OPEN, CLOSED}:
        raise BadRequest("status must be open or closed.")
    return words.pop() if len(words) == 1 else ""


def _bounds(text: str) -> Bounds | None:
    if not text:
        return None
    try:
        return Bounds.read(text[:200])
    except ValueError as error:
        raise BadRequest(str(error)) from None
