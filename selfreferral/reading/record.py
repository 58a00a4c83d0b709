"""What staff wrote beside a referral, laid out for the page: risks to know, safeguarding, notes, and who it is kept from."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from portal.clock import say_whole_date
from selfreferral.models import Acquaintance, FlagReview, Note, RiskFlag, SafeguardingDecision
from selfreferral.reading.opening import Opener, named


@dataclass(frozen=True)
class Risk:
    """Something that whoever goes near must know."""

    pk: UUID
    words: str
    source: str
    review_on: date
    is_past: bool
    raised_at: datetime
    who: str


@dataclass(frozen=True)
class NoteLine:
    """A note; one that was put right stays readable, struck through."""

    pk: UUID
    at: datetime
    who: str
    words: str
    is_about_others: bool
    is_struck: bool
    is_correction: bool
    of: str


@dataclass(frozen=True)
class Safeguarding:
    """The last thing that was decided about safeguarding."""

    at: datetime
    who: str
    what: str
    words: str


@dataclass(frozen=True)
class Record:
    """All that staff wrote, as it stands."""

    risks: tuple[Risk, ...]
    notes: tuple[NoteLine, ...]
    safeguarding: Safeguarding | None
    kept_from: tuple[Acquaintance, ...]


def record(opener: Opener, *, today: date) -> Record:
    """What is on record of this request and of those that were merged into it."""
    return Record(
        risks=tuple(sorted(_risks(opener, today), key=lambda risk: risk.review_on)),
        notes=tuple(_notes(opener)),
        safeguarding=_safeguarding(opener),
        kept_from=tuple(
            one
            for one in opener.rows(Acquaintance, "known_by", "lifted_by")
            if one.lifted_at is None and one.referral_id == opener.main.pk
        ),
    )


def _risks(opener: Opener, today: date) -> list[Risk]:
    last = {review.flag_id: review for review in opener.rows(FlagReview, "reviewed_by")}
    found = []
    for flag in opener.rows(RiskFlag, "raised_by"):
        review = last.get(flag.pk)
        day = review.review_on if review else flag.review_on
        if day is None or (review and review.is_over):
            continue
        found.append(
            Risk(
                pk=flag.pk,
                words=opener.words(flag, "words"),
                source=flag.get_source_display(),
                review_on=day,
                is_past=day < today,
                raised_at=flag.raised_at,
                who=named(flag.raised_by),
            )
        )
    return found


def _notes(opener: Opener) -> list[NoteLine]:
    """The newest first."""
    rows = opener.rows(Note, "written_by")
    struck = {row.corrects_id for row in rows}
    return [
        NoteLine(
            pk=row.pk,
            at=row.written_at,
            who=named(row.written_by),
            words=opener.words(row, "words"),
            is_about_others=row.is_about_others,
            is_struck=row.pk in struck,
            is_correction=row.corrects_id is not None,
            of=opener.of(row),
        )
        for row in reversed(rows)
    ]


def _safeguarding(opener: Opener) -> Safeguarding | None:
    rows = opener.rows(SafeguardingDecision, "decided_by")
    if not rows:
        return None
    last = rows[-1]
    return Safeguarding(last.decided_at, named(last.decided_by), in_words(last), opener.words(last, "why"))


def in_words(decision: SafeguardingDecision) -> str:
    """What was decided about safeguarding, on one line."""
    sent = f" on {say_whole_date(decision.sent_at)}" if decision.sent_at else ""
    asked = f". {decision.get_consent_display()}" if decision.consent else ""
    return f"{decision.get_outcome_display()}{sent}, about {decision.get_about_display()}{asked}"
