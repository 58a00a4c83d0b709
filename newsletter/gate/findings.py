"""The rules of the gate: what is found in the neutral parts of an issue, where, and what to do about it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engagement.directory.models.checking import STALE_AFTER
from newsletter.gate import words
from newsletter.gate.joined import words_that_run_together
from newsletter.gate.naming import names_of
from newsletter.gate.pictures import only_names_its_file
from newsletter.rendering.parts import Part
from portal.clock import say_date


class Kind(StrEnum):
    """What can be found."""

    NO_LEAD = "no_lead"
    EMPTY = "empty"
    NO_ALT = "no_alt"
    LOST_PICTURE = "lost_picture"
    HEADINGS = "headings"
    LINK_WORDS = "link_words"
    JOINED = "joined"
    READING_AGE = "reading_age"
    STALE = "stale"
    UNFINISHED = "unfinished"
    CLOSED = "closed"
    PLAIN_TEXT = "plain_text"


# These are worth a look and no more: an issue may do without a lead, and a list may have nothing to tell.
_MAY_GO = frozenset({Kind.NO_LEAD, Kind.EMPTY})
_NOTHING_FOUND = {
    "whats_on": "has no sessions for its dates. Change the dates, or take it out.",
    "warm_spaces": "has no warm spaces. Choose others, or take it out.",
    "you_said_we_did": "has nothing in it. Write a row, or take it out.",
    "contacts": "has nothing in it. Write a line, or take it out.",
}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing to put right: `where` is the key of its part, empty for the issue as a whole."""

    kind: str
    where: str
    words: str

    @property
    def blocks_sending(self) -> bool:
        return self.kind not in _MAY_GO


def findings_in(parts: Sequence[Part], *, today: date) -> list[Finding]:
    """All findings in the order of the parts; what is about the issue as a whole comes first."""
    found = []
    if not any(part.kind == "lead" for part in parts):
        told = "There is no lead story, so the front page shows none. Add one."
        found.append(Finding(kind=Kind.NO_LEAD, where="", words=told))
    for name, part in zip(names_of(parts), parts, strict=True):
        for kind, rule in _RULES:
            found += [Finding(kind=kind, where=part.key, words=f"{name}{said}") for said in rule(part, today)]
    return found


def _no_alt(part: Part, today: date) -> Iterator[str]:
    if part.picture and not part.picture.alt.strip() and not part.picture.is_decorative:
        yield ": the picture has no words for people who cannot see it. Say what it shows, or mark it as decorative."
    elif part.picture and not part.picture.is_decorative and only_names_its_file(part.picture):
        said = part.picture.alt.strip()
        yield f": “{said}” is only the name of the picture's file. Say what it shows, or mark it as decorative."


def _joined(part: Part, today: date) -> Iterator[str]:
    yield from words_that_run_together(words.sentences_of(part))


def _lost_picture(part: Part, today: date) -> Iterator[str]:
    if part.lost_picture or (part.kind == "picture" and part.picture is None):
        yield ": the picture's file cannot be read, so it is left out. Choose the picture again."


def _empty(part: Part, today: date) -> Iterator[str]:
    if part.kind in _NOTHING_FOUND and not part.rows:
        yield f" {_NOTHING_FOUND[part.kind]}"


def _unfinished(part: Part, today: date) -> Iterator[str]:
    """A draft may be half an invitation, and can come onto the website past the editor's form."""
    if part.sort == "poll" and (not part.standfirst or len(part.choices) < 2):
        yield " has no question, or fewer than two answers to choose from. Write them."
    if part.sort in {"poll", "volunteers"} and not part.note and not any(row.url for row in part.rows):
        yield " does not say how to answer. Say it, or give a whole link and its words."


def _closed(part: Part, today: date) -> Iterator[str]:
    if part.kind != "invitation":
        return
    if part.sort == "consultation" and not part.rows:
        yield " invites to something that takes no answers any more. Choose another one, or take it out."
    for row in part.rows:
        if row.until_on and date.fromisoformat(row.until_on) < today:
            ended = say_date(date.fromisoformat(row.until_on))
            yield f" ended on {ended}, so nobody can answer. Change the day, or take it out."


def _stale(part: Part, today: date) -> Iterator[str]:
    for row in part.rows:
        if row.sure_on and date.fromisoformat(row.sure_on) < today - STALE_AFTER:
            since = date.fromisoformat(row.sure_on)
            last = f"{say_date(since)} {since.year}"
            yield f": nobody has checked {row.title} since {last}. Ring them, then press “Checked” in the directory."


_RULES: tuple[tuple[Kind, Callable[[Part, date], Iterator[str]]], ...] = (
    (Kind.LOST_PICTURE, _lost_picture),
    (Kind.NO_ALT, _no_alt),
    (Kind.HEADINGS, words.headings_out_of_order),
    (Kind.LINK_WORDS, words.links_that_say_nothing),
    (Kind.LINK_WORDS, words.addresses_typed_as_words),
    (Kind.JOINED, _joined),
    (Kind.READING_AGE, words.hard_to_read),
    (Kind.EMPTY, _empty),
    (Kind.UNFINISHED, _unfinished),
    (Kind.CLOSED, _closed),
    (Kind.STALE, _stale),
)
