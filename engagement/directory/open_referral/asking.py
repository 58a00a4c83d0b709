"""What another program may ask of a list, read from its address; what cannot be answered is refused with the reason."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime, parse_time
from django.utils.timezone import is_naive, make_aware

from engagement.directory.open_referral.taxonomy import BY_ID, TAXONOMY_BY_ID, TERMS, Term

A_PAGE, MOST, MOST_FULL = 50, 500, 50
LONGEST_WALK = 100_000
PAGED = frozenset({"page", "per_page"})
SERVICES = PAGED | {
    *("search", "taxonomy_term_id", "taxonomy_id", "minimum_age", "maximum_age", "start_time", "end_time", "day"),
    *("modified_after", "organization_id", "full"),
}
LOCATIONS = SERVICES | {"postcode", "proximity"}


class BadRequest(Exception):
    """The address asks for something that we cannot answer; its words say why."""


@dataclass(frozen=True)
class Asked:
    """What a list is narrowed to; `terms` are None where none were asked for."""

    page: int = 1
    per_page: int = A_PAGE
    is_full: bool = False
    search: str = ""
    terms: tuple[Term, ...] | None = None
    minimum_age: float | None = None
    maximum_age: float | None = None
    start_time: time | None = None
    end_time: time | None = None
    day: int | None = None
    modified_after: datetime | None = None
    organisation: UUID | None = None
    postcode: str = ""
    metres: float | None = None

    @property
    def is_about_times(self) -> bool:
        return (self.start_time, self.end_time, self.day) != (None, None, None)

    @property
    def is_about_ages(self) -> bool:
        return (self.minimum_age, self.maximum_age) != (None, None)

    @property
    def first(self) -> int:
        return (self.page - 1) * self.per_page


def read(asked: Mapping[str, str], answered: frozenset[str]) -> Asked:
    """What is asked; BadRequest for a name that this list does not answer and for a value that cannot be meant."""
    for name in asked:
        if name not in answered:
            raise BadRequest(f"We cannot answer “{name[:40]}” here. This list answers: {', '.join(sorted(answered))}.")
    is_full = asked.get("full", "false").lower() in {"true", "1"}
    per_page = _whole(asked, "per_page", A_PAGE, MOST)
    proximity = _number(asked, "proximity")
    if bool(asked.get("postcode")) != (proximity is not None):
        raise BadRequest("Give postcode and proximity (metres) together: none of our services has an area of its own.")
    if proximity is not None and not 0 < proximity <= LONGEST_WALK:
        raise BadRequest(f"proximity is a number of metres, at most {LONGEST_WALK}.")
    return Asked(
        page=_whole(asked, "page", 1, 10**7),
        per_page=min(per_page, MOST_FULL) if is_full else per_page,
        is_full=is_full,
        search=asked.get("search", "").replace("\x00", "")[:200],
        terms=_terms(asked),
        minimum_age=_number(asked, "minimum_age"),
        maximum_age=_number(asked, "maximum_age"),
        start_time=_time(asked, "start_time"),
        end_time=_time(asked, "end_time"),
        day=_day(asked.get("day", "")),
        modified_after=_moment(asked, "modified_after"),
        organisation=read_id(asked["organization_id"]) if asked.get("organization_id") else None,
        postcode=asked.get("postcode", ""),
        metres=proximity,
    )


def read_id(typed: str) -> UUID:
    """A number as the standard writes it."""
    if not re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", typed):
        raise BadRequest(f"“{typed[:40]}” is not an id. Ids look like ac148810-d857-441c-9679-408f346de14b.")
    return UUID(typed)


def _terms(asked: Mapping[str, str]) -> tuple[Term, ...] | None:
    """The terms of which a service must have one; both names given, those that fit both."""
    term, taxonomy = asked.get("taxonomy_term_id"), asked.get("taxonomy_id")
    if not term and not taxonomy:
        return None
    meant = TERMS
    if term:
        meant = tuple(one for one in meant if one is BY_ID.get(str(read_id(term))))
    if taxonomy:
        meant = tuple(one for one in meant if one.taxonomy is TAXONOMY_BY_ID.get(str(read_id(taxonomy))))
    return meant


def _whole(asked: Mapping[str, str], name: str, usual: int, most: int) -> int:
    typed = asked.get(name, "")
    if not typed:
        return usual
    if not re.fullmatch(r"[0-9]{1,8}", typed) or not 1 <= int(typed) <= most:
        raise BadRequest(f"{name} is a whole number from 1 to {most}.")
    return int(typed)


def _number(asked: Mapping[str, str], name: str) -> float | None:
    typed = asked.get(name, "")
    if not typed:
        return None
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,6})?", typed):
        raise BadRequest(f"{name} is a number, such as 16.")
    return float(typed)


def _time(asked: Mapping[str, str], name: str) -> time | None:
    return _parsed(asked, name, parse_time, "a time such as 09:30")


def _moment(asked: Mapping[str, str], name: str) -> datetime | None:
    moment = _parsed(asked, name, parse_datetime, "a time such as 2026-11-25T12:00:00Z")
    return make_aware(moment) if moment and is_naive(moment) else moment


def _parsed(asked: Mapping[str, str], name: str, parse: Any, what: str) -> Any:
    typed = asked.get(name, "").replace(" ", "+")
    if not typed:
        return None
    try:
        found = parse(typed)
    except ValueError:
        found = None
    if found is None:
        raise BadRequest(f"{name} is {what}.")
    return found


def _day(typed: str) -> int | None:
    """A day of the week from nought for Monday: "MO", "Mon" or "Monday"."""
    if not typed:
        return None
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    meant = typed.lower()
    for number, name in enumerate(names):
        if meant in {name, name[:2], name[:3]}:
            return number
    raise BadRequest("day is a day of the week, such as MO or Monday.")
