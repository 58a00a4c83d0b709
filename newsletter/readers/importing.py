"""Reads one row of somebody else's list of readers: what it says, and whether there is proof that they asked."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from newsletter.addresses import (
    LONGEST_LETTER,
    LONGEST_NAME,
    PLAIN_LETTERS,
    BadAddress,
    mark_of,
    tidy_address,
    tidy_letter,
    tidy_name,
)
from newsletter.choices import EACH_ISSUE, WEEKLY, Choices
from newsletter.consent_words import WORDINGS
from newsletter.models import Consent, Subscriber
from portal.clock import at
from portal.imports import BadRow
from portal.text import plain

FREQUENCIES = {"": EACH_ISSUE, "each issue": EACH_ISSUE, "weekly": WEEKLY, "one mail a week": WEEKLY}
CHANNELS = {"": "", "email": "email", "e-mail": "email", "by e-mail": "email", "post": "post", "by post": "post"}
YES_OR_NO = {"": False, "no": False, "yes": True}
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Lists:
    """What a row may name: topics and places, by their words in small letters."""

    topics: dict[str, int]
    places: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """One reader of the other list, with the proof."""

    email: str
    name: str
    postal_address: str
    choices: Choices
    given_at: datetime
    source: str
    evidence: str
    wording_version: str
    wording: str
    wants_large_print: bool = False

    @property
    def key(self) -> str:
        """By what they are known: the address for mail, else name and postal address."""
        return self.email.lower() or f"{self.name}\n{self.postal_address}".lower()

    @property
    def mark(self) -> str:
        return mark_of(email=self.email, name=self.name, postal_address=self.postal_address)

    @property
    def channel(self) -> str:
        return Subscriber.Channel.EMAIL if self.email else Subscriber.Channel.POST


def read_row(row: dict[str, str], lists: Lists, *, now: datetime) -> Incoming:
    """What a row says; BadRow with the reason where it cannot be taken. No reason repeats what somebody's row says."""
    email, name, postal_address = _where(row)
    version, wording = _wording(row)
    evidence = _line(row, "evidence", 300)
    if not evidence:
        raise BadRow("it does not say where the proof of consent is kept (evidence).")
    source = _line(row, "consent_source", 20).lower()
    if source not in Consent.Source.values:
        raise BadRow(f"consent_source is none of {', '.join(Consent.Source.values)}.")
    return Incoming(
        email=email,
        name=name,
        postal_address=postal_address,
        choices=_choices(row, lists),
        given_at=_given_at(_line(row, "consent_given_at", 40), now=now),
        source=source,
        evidence=evidence,
        wording_version=version,
        wording=wording,
        wants_large_print=_wants_large_print(row) and not email,
    )


def _where(row: dict[str, str]) -> tuple[str, str, str]:
    """Address for mail, or name and postal address: one or the other."""
    typed, channel = row.get("email", "").strip(), CHANNELS.get(_line(row, "channel", 20).lower())
    if channel is None:
        raise BadRow("channel is neither email nor post.")
    if channel == "post" or (not channel and not typed):
        return "", *_letter(row)
    if len(typed.splitlines()) > 1:
        raise BadRow("its e-mail address has a line break in it. Write one address, in one line.")
    try:
        return tidy_address(typed), "", ""
    except BadAddress as refusal:
        if str(refusal) == PLAIN_LETTERS:
            raise BadRow(f"{PLAIN_LETTERS[:1].lower()}{PLAIN_LETTERS[1:]}.") from None
        raise BadRow("its e-mail address is none that we can write to.") from None


def _letter(row: dict[str, str]) -> tuple[str, str]:
    """Name and postal address, as they are kept when people type them."""
    name, typed = _line(row, "name", LONGEST_NAME), plain(row.get("postal_address", ""), limit=LONGEST_LETTER)
    if not name or not typed:
        raise BadRow("it has no e-mail address, or no name and postal address.")
    try:
        name = tidy_name(name)
    except BadAddress:
        raise BadRow("its name has no letter in it.") from None
    try:
        return name, tidy_letter(typed)
    except BadAddress:
        raise BadRow("its postal address has no postcode.") from None


def _wants_large_print(row: dict[str, str]) -> bool:
    said = YES_OR_NO.get(_line(row, "wants_large_print", 10).lower())
    if said is None:
        raise BadRow("wants_large_print is neither yes nor no.")
    return said


def _wording(row: dict[str, str]) -> tuple[str, str]:
    version, words = _line(row, "wording_version", 20), plain(row.get("consent_wording", ""), limit=2_000)
    if words:
        return version or "imported", words
    if version in WORDINGS:
        return version, WORDINGS[version]
    raise BadRow("it does not say what they agreed to (consent_wording, or a wording_version that we know).")


def _given_at(typed: str, *, now: datetime) -> datetime:
    day = _moment(typed)
    if day is None:
        raise BadRow("consent_given_at is no day like 2026-11-19 or 19/11/2026.")
    if day > now:
        raise BadRow("consent_given_at is in the future.")
    if day < EARLIEST:
        raise BadRow("consent_given_at is too long ago to be true.")
    return day


def _moment(typed: str) -> datetime | None:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return at(datetime.strptime(typed, form).date(), time(0))
        except (ValueError, OverflowError):
            continue
    try:
        moment = datetime.fromisoformat(typed)
        return moment if moment.tzinfo else at(moment.date(), moment.time())
    except (ValueError, OverflowError):
        return None


def _choices(row: dict[str, str], lists: Lists) -> Choices:
    frequency = FREQUENCIES.get(_line(row, "frequency", 20).lower().replace("_", " "))
    if frequency is None:
        raise BadRow("frequency is neither each_issue nor weekly.")
    named = [one.strip().lower() for one in row.get("topics", "").replace(",", ";").split(";") if one.strip()]
    if any(one not in lists.topics for one in named):
        raise BadRow("it names a topic that we do not have.")
    place = _line(row, "place", 100).lower()
    if place and place not in lists.places:
        raise BadRow("it names a place that we do not have.")
    return Choices(
        frequency=frequency, topics=tuple(sorted({lists.topics[one] for one in named})), place=lists.places.get(place)
    )


def _line(row: dict[str, Any], column: str, limit: int) -> str:
    """One line of plain words; a line break in a name is a space."""
    return " ".join(plain(row.get(column) or "", limit=limit).split())
