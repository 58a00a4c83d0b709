"""Everything that we hold about a person, laid out for that person: their answers as asked, and what we wrote and did.

What somebody else told us about themselves is not theirs to see, nor what could harm somebody; what is left out is said.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from portal.clock import LONDON
from selfreferral.models import Note, PersonsWords, Referral
from selfreferral.questions.shapes import Part
from selfreferral.reading.answers import answers_for_export
from selfreferral.reading.history import Entry, history
from selfreferral.reading.opening import Opener
from selfreferral.reading.record import Record

OUR_TEAM = "Our team"
_HEADINGS = {
    Part.STORY: "What was asked and answered",
    Part.CONTACT: "How to reach you",
    Part.REFERRER: "Who asked for you",
}


@dataclass(frozen=True)
class Section:
    """A heading with lines of (label, words) under it; `note` says what is not here, and why."""

    heading: str
    lines: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class KeptBack:
    """What the lead decided not to hand over, and why."""

    is_referrer: bool
    is_risk: bool
    why: str = ""


def held_sections(opener: Opener, record: Record, *, kept_back: KeptBack) -> Iterator[Section]:
    """All of it, the person's own words first."""
    for referral in opener.referrals:
        yield from _answered(opener, referral, kept_back)
    yield _said_later(opener, kept_back)
    yield _notes(opener)
    if kept_back.is_risk:
        yield Section("Risks and safeguarding", note="Left out, because showing it could harm somebody.")
    else:
        yield Section("Risks and safeguarding", tuple(_risks(record)))
    yield Section("What we did", tuple(_lines(_ours(history(opener)))))
    if kept_back.why:
        yield Section("Why something was left out", note=kept_back.why)


def _answered(opener: Opener, referral: Referral, kept_back: KeptBack) -> Iterator[Section]:
    for sheet, lines in answers_for_export(referral, referral.strongbox()):
        again = ", put right" if sheet.revision > 1 else ""
        heading = f"{_HEADINGS[sheet.part]}{again}, {_when(sheet.given_at)}"
        if sheet.part is Part.REFERRER and kept_back.is_referrer:
            yield Section(heading, note="Left out, because it is about the person who asked for you.")
            continue
        yield Section(heading, tuple((line.label, line.value) for line in lines))


def _said_later(opener: Opener, kept_back: KeptBack) -> Section:
    is_by_another = opener.main.source in {Referral.Source.FAMILY_OR_FRIEND, Referral.Source.WORKER}
    if is_by_another and kept_back.is_referrer:
        left_out = any(True for _ in opener.rows(PersonsWords))
        note = "Left out, because the person who asked for you wrote it." if left_out else ""
        return Section("What was written to us later", note=note)
    said = (
        Entry(row.said_at, "", row.get_kind_display(), opener.words(row, "words")) for row in opener.rows(PersonsWords)
    )
    return Section("What was written to us later", tuple(_lines(said)))


def _notes(opener: Opener) -> Section:
    rows = opener.rows(Note, "written_by")
    others = sum(row.is_about_others for row in rows)
    shown = (Entry(row.written_at, OUR_TEAM, "", opener.words(row, "words")) for row in rows if not row.is_about_others)
    note = f"{others} left out, because {'it is' if others == 1 else 'they are'} about somebody else." if others else ""
    return Section("Notes", tuple(_lines(shown)), note)


def _risks(record: Record) -> Iterator[tuple[str, str]]:
    for risk in record.risks:
        yield f"To know, from {risk.source}, {_when(risk.raised_at)}", risk.words
    if record.safeguarding:
        yield f"{record.safeguarding.what}, {_when(record.safeguarding.at)}", record.safeguarding.words


def _ours(entries: Iterable[Entry]) -> Iterator[Entry]:
    """What we did, without what was written to us, which stands by itself; names of our staff are not the person's."""
    yield from (entry for entry in entries if entry.who != "The person")


def _lines(entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    for entry in sorted(entries, key=lambda entry: entry.at):
        yield _when(entry.at), "\n".join(words for words in (entry.what, entry.words) if words)


def _when(moment: datetime) -> str:
    here = moment.astimezone(LONDON)
    return f"{here.day} {here:%B %Y, %H:%M}"
