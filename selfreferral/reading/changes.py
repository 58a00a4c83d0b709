"""The part of the history that tells what was written beside a referral, and what was put right."""

from collections.abc import Iterator

from selfreferral.models import (
    Acquaintance,
    Answer,
    FlagReview,
    Note,
    Reveal,
    RiskFlag,
    SafeguardingDecision,
    UrgencyDecision,
)
from selfreferral.questions import flow
from selfreferral.reading.answers import Sheet, sheet_of
from selfreferral.reading.history import Entry
from selfreferral.reading.opening import Opener, named
from selfreferral.reading.record import in_words

NOTHING = "nothing"


def written(opener: Opener) -> Iterator[Entry]:
    """Everything that was written beside it, in no order."""
    for note in opener.rows(Note, "written_by"):
        what = "Note that puts another one right" if note.corrects_id else "Note"
        yield Entry(note.written_at, named(note.written_by), what, opener.words(note, "words"), opener.of(note))
    yield from _risks(opener)
    for row in opener.rows(SafeguardingDecision, "decided_by"):
        what = f"Safeguarding: {in_words(row)}"
        yield Entry(row.decided_at, named(row.decided_by), what, opener.words(row, "why"), opener.of(row))
    for urgency in opener.rows(UrgencyDecision, "decided_by"):
        what = "Cannot wait" if urgency.is_urgent else "Can wait after all"
        words, who = opener.words(urgency, "reason"), named(urgency.decided_by)
        yield Entry(urgency.decided_at, who, what, words, opener.of(urgency))
    for known in opener.rows(Acquaintance, "known_by", "lifted_by"):
        who = named(known.known_by)
        yield Entry(known.said_at, who, f"Closed to {who}, who knows the person", "", opener.of(known))
        if known.lifted_at:
            yield Entry(known.lifted_at, named(known.lifted_by), f"Open again to {who}", "", opener.of(known))
    for reveal in opener.rows(Reveal, "revealed_by"):
        what = f"Asked to see it: {reveal.get_why_display()}"
        yield Entry(reveal.revealed_at, named(reveal.revealed_by), what, "", opener.of(reveal))


def put_right(opener: Opener) -> Iterator[Entry]:
    """Each time that an answer was put right: what it was, what it is, and how we know."""
    before: dict[tuple[object, str], Sheet] = {}
    for row in sorted(opener.rows(Answer, "question_set", "given_by"), key=lambda row: row.revision):
        sheet = sheet_of(row, opener.box(row))
        old = before.get((row.referral_id, row.part))
        before[row.referral_id, row.part] = sheet
        if row.revision > 1:
            words = "\n".join([*_differences(old, sheet), sheet.why])
            yield Entry(row.given_at, named(row.given_by), "Put right", words, opener.of(row))


def _differences(old: Sheet | None, new: Sheet) -> Iterator[str]:
    was = old.answers if old else {}
    asked = {question.key: (page, question) for page in new.pages for question in page.questions}
    for key in {**was, **new.answers}:
        if was.get(key) == new.answers.get(key):
            continue
        if key not in asked:
            yield f"{key}: {was.get(key) or NOTHING} → {new.answers.get(key) or NOTHING}"
            continue
        page, question = asked[key]
        label = flow.full_label(page, question, new.answers)
        one, other = (flow.in_words(question, value) or NOTHING for value in (was.get(key), new.answers.get(key)))
        yield f"{label} {one} → {other}"


def _risks(opener: Opener) -> Iterator[Entry]:
    for flag in opener.rows(RiskFlag, "raised_by"):
        what = f"Risk ({flag.get_source_display()}). Look again on {flag.review_on:%-d %B %Y}"
        yield Entry(flag.raised_at, named(flag.raised_by), what, opener.words(flag, "words"), opener.of(flag))
    for review in opener.rows(FlagReview, "reviewed_by"):
        what = "Risk is over" if review.is_over else f"Risk stays. Look again on {review.review_on:%-d %B %Y}"
        yield Entry(review.reviewed_at, named(review.reviewed_by), what, opener.words(review, "why"), opener.of(review))
