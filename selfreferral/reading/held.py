"""Everything that we hold about a person, laid out for that person: their answers as asked, and what we wrote and did.

What somebody else told us about themselves is not theirs to see, nor what could harm somebody; what is left out is said.
Nor are the names of our staff: it was our team.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from portal.accounts.models import User
from portal.clock import say_moment, say_whole_date
from selfreferral.models import (
    Acquaintance,
    Allocation,
    Answer,
    BlindMark,
    ChannelOverride,
    ContactAttempt,
    DomainScore,
    FlagReview,
    Note,
    PersonsWords,
    Referral,
    Reveal,
    RiskFlag,
    SafeguardingDecision,
    SelfAssessment,
    SharedView,
    Signpost,
    TriageDecision,
    UrgencyDecision,
)
from selfreferral.models.assessments import HIGHEST
from selfreferral.models.sealing import Row
from selfreferral.questions.shapes import Part
from selfreferral.reading.answers import answers_for_export
from selfreferral.reading.history import Entry, done
from selfreferral.reading.opening import Opener
from selfreferral.reading.record import in_words
from selfreferral.sharing import parts as sharing

OUR_TEAM = "our team"
_HEADINGS = {
    Part.STORY: "What was asked and answered",
    Part.CONTACT: "How to reach you",
    Part.REFERRER: "Who asked for you",
}
_MADE_FROM = {
    BlindMark.Kind.PHONE: "your phone number",
    BlindMark.Kind.EMAIL: "your e-mail address",
    BlindMark.Kind.NAME: "your name",
    BlindMark.Kind.NAME_AND_YEAR: "your name with the year in which you were born",
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


def held_sections(opener: Opener, *, kept_back: KeptBack) -> Iterator[Section]:
    """All of it, the person's own words first."""
    for _, sections in SECTIONS:
        yield from sections(opener, kept_back)
    if kept_back.why:
        yield Section("Why something was left out", note=kept_back.why)


def _answered(opener: Opener, kept_back: KeptBack) -> Iterator[Section]:
    for referral in opener.referrals:
        for sheet, lines in answers_for_export(referral, referral.strongbox()):
            again = ", put right" if sheet.revision > 1 else ""
            heading = f"{_HEADINGS[sheet.part]}{again}, {say_moment(sheet.given_at)}"
            if sheet.part is Part.REFERRER and kept_back.is_referrer:
                yield Section(heading, note="Left out, because it is about the person who asked for you.")
                continue
            why = [("How we know", sheet.why)] if sheet.why and not kept_back.is_referrer else []
            yield Section(heading, (*((line.label, line.value) for line in lines), *why))


def _said_later(opener: Opener, kept_back: KeptBack) -> Iterator[Section]:
    said, left_out = [], 0
    for row in opener.rows(PersonsWords):
        is_by_another = opener.is_by_another(row)
        if is_by_another and kept_back.is_referrer:
            left_out += 1
            continue
        by = ", by whoever asked for you" if is_by_another else ""
        said.append(Entry(row.said_at, "", f"{row.get_kind_display()}{by}", opener.words(row, "words")))
    note = f"{left_out} left out, because the person who asked for you wrote it." if left_out else ""
    yield Section("What was written to us later", _lines(said), note)


def _notes(opener: Opener, _: KeptBack) -> Iterator[Section]:
    rows = opener.rows(Note, "written_by")
    others = sum(row.is_about_others for row in rows)
    shown = (Entry(row.written_at, OUR_TEAM, "", opener.words(row, "words")) for row in rows if not row.is_about_others)
    note = f"{others} left out, because {'it is' if others == 1 else 'they are'} about somebody else." if others else ""
    yield Section("Notes", _lines(shown), note)


def _how_they_were(opener: Opener, _: KeptBack) -> Iterator[Section]:
    stages: dict[UUID, list[str]] = {}
    for score in opener.rows(DomainScore, "domain"):
        stages.setdefault(score.assessment_id, []).append(f"{score.domain.name}: {score.stage} of {HIGHEST}")
    rows = opener.rows(SelfAssessment, "written_by")
    struck = {row.corrects_id for row in rows}
    lines = []
    for row in rows:
        said = [*stages.get(row.pk, ()), opener.words(row, "words")]
        put_right = ["Put right since, so it does not count any more."] if row.pk in struck else []
        lines.append(
            (f"{say_whole_date(row.given_on)}, {row.get_way_display()}", "\n".join(filter(None, said + put_right)))
        )
    yield Section("How you said that you were", tuple(lines))


def _risks(opener: Opener, kept_back: KeptBack) -> Iterator[Section]:
    """Also those that are over, and how urgent somebody here thought that it was: the one may tell of the other."""
    heading = "Risks and safeguarding"
    if kept_back.is_risk:
        yield Section(heading, note="Left out, because showing it could harm somebody.")
        return
    entries = [
        *(
            Entry(row.raised_at, OUR_TEAM, f"To know, from {row.get_source_display()}", opener.words(row, "words"))
            for row in opener.rows(RiskFlag)
        ),
        *(
            Entry(row.reviewed_at, OUR_TEAM, _reviewed(row), opener.words(row, "why"))
            for row in opener.rows(FlagReview)
        ),
        *(
            Entry(row.decided_at, OUR_TEAM, in_words(row), opener.words(row, "why"))
            for row in opener.rows(SafeguardingDecision)
        ),
        *(
            Entry(row.decided_at, OUR_TEAM, "Cannot wait" if row.is_urgent else "Can wait", opener.words(row, "reason"))
            for row in opener.rows(UrgencyDecision)
        ),
    ]
    yield Section(heading, _lines(entries))


def _reviewed(review: FlagReview) -> str:
    return "Looked at a risk again: it is over" if review.is_over else "Looked at a risk again: it is still there"


def _shared(opener: Opener, kept_back: KeptBack) -> Iterator[Section]:
    """Which partner was shown what; a partner is an organisation here, and nobody's name."""
    entries = []
    for view in opener.rows(SharedView, "agreement"):
        partner, parts = view.agreement.partner_name, view.parts
        is_kept = kept_back.is_risk and sharing.RISKS in parts
        what = sharing.in_words(part for part in parts if not (is_kept and part == sharing.RISKS))
        why = "" if is_kept else opener.words(view, "why")
        entries.append(
            Entry(view.shared_at, OUR_TEAM, f"Shown to {partner} until {say_whole_date(view.ends_on)}: {what}", why)
        )
        if view.ended_at:
            entries.append(Entry(view.ended_at, OUR_TEAM, f"Not shown to {partner} any more", ""))
    yield Section("What we showed to others", _lines(entries))


def _done(opener: Opener, _: KeptBack) -> Iterator[Section]:
    yield Section("What we did", _lines(done(opener, _nobody_named)))


def _seen(opener: Opener, _: KeptBack) -> Iterator[Section]:
    """Who it is kept from and who asked to see it, without a name."""
    entries = []
    for known in opener.rows(Acquaintance):
        entries.append(Entry(known.said_at, OUR_TEAM, "Somebody of our team knows you, so it is closed to them", ""))
        if known.lifted_at:
            entries.append(Entry(known.lifted_at, OUR_TEAM, "It is open again to somebody of our team", ""))
    for reveal in opener.rows(Reveal):
        what = f"Somebody of our team asked to see it: {reveal.get_why_display()}"
        entries.append(Entry(reveal.revealed_at, OUR_TEAM, what, ""))
    yield Section("Who in our team may see it", _lines(entries))


def _found_by(opener: Opener, _: KeptBack) -> Iterator[Section]:
    lines = []
    for referral in opener.referrals:
        came = f"{referral.get_came_by_display()}, {say_moment(referral.received_at)}"
        lines += [
            (f"Your request {referral.reference} came by", came),
            ("Who asked", referral.get_source_display()),
            ("Which service, for our figures", str(referral.came_from or "not written down")),
            ("What we call it among us", referral.nickname),
        ]
    kinds = {row.kind for row in opener.rows(BlindMark)}
    made_from = "; ".join(words for kind, words in _MADE_FROM.items() if kind in kinds)
    if made_from:
        lines.append(("A mark to find you again, which tells nothing by itself, made from", made_from))
    yield Section("How we find your request", tuple(lines))


# Every model of this room that says that its rows go to the person stands here once, with what shows them.
SECTIONS: tuple[tuple[tuple[type[Row], ...], Callable[[Opener, KeptBack], Iterator[Section]]], ...] = (
    ((Answer,), _answered),
    ((PersonsWords,), _said_later),
    ((Note,), _notes),
    ((SelfAssessment, DomainScore), _how_they_were),
    ((RiskFlag, FlagReview, SafeguardingDecision, UrgencyDecision), _risks),
    ((SharedView,), _shared),
    ((TriageDecision, Allocation, ContactAttempt, Signpost, ChannelOverride), _done),
    ((Acquaintance, Reveal), _seen),
    ((Referral, BlindMark), _found_by),
)


def _nobody_named(_: User | None) -> str:
    return OUR_TEAM


def _lines(entries: Iterable[Entry]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (say_moment(entry.at), "\n".join(words for words in (entry.what, entry.words) if words))
        for entry in sorted(entries, key=lambda entry: entry.at)
    )
