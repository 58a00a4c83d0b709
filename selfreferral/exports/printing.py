"""A record on paper: what a worker takes in the hand, and what the person gets who asks what we hold about them."""

from collections.abc import Iterable

from portal.clock import say_moment
from portal.pdf import typeset
from selfreferral.models import Referral
from selfreferral.reading import OpenReferral
from selfreferral.reading.held import Section

SIZES = {"": 10.5, "large": 16.0}


def worker_sections(referral: Referral, opened: OpenReferral) -> list[Section]:
    """The record as a worker may see it: a number only where the card allows the way."""
    card = opened.card
    contact = [(way.label, f"{way.said}: {way.detail}" if way.detail else way.said) for way in opened.shown]
    contact += [("Do not use", old) for old in opened.do_not_use]
    contact += [
        ("Call them", opened.name or "not said"),
        ("Good times", card.good_times or "not said"),
        ("Who may answer", card.who_may_answer or "not said: speak to nobody else"),
        ("Say we are", card.say_we_are or "not said: give a first name only"),
    ]
    done = [(f"{say_moment(entry.at)}, {entry.who}", _joined(entry.what, entry.words)) for entry in opened.history]
    risks = [(f"How we know: {risk.source}", risk.words) for risk in opened.record.risks]
    if opened.record.safeguarding:
        risks.append((opened.record.safeguarding.what, opened.record.safeguarding.words))
    notes = [(f"{say_moment(note.at)}, {note.who}", note.words) for note in opened.record.notes if not note.is_struck]
    return [
        Section("Risks to know about", tuple(risks)),
        Section("Safe contact", tuple(contact)),
        Section("What they told us", tuple((line.label, line.value) for line in opened.story)),
        Section("Who told us", tuple((line.label, line.value) for line in opened.referrer)),
        Section("Notes", tuple(notes)),
        Section("What was done", tuple(done)),
    ]


def record_pdf(
    *,
    title: str,
    reference: str,
    banner: str,
    made: str,
    sections: Iterable[Section],
    intro: Iterable[str] = (),
    print_size: str = "",
) -> bytes:
    """The pages; `banner` stands on top of each and `made` at its foot. `print_size` is "large" for large print."""
    values = {
        "title": title,
        "reference": reference,
        "banner": banner,
        "made": made,
        "intro": list(intro),
        "size": SIZES[print_size],
        "sections": [
            {
                "heading": section.heading,
                "note": section.note,
                "lines": [{"label": label, "value": words} for label, words in section.lines],
            }
            for section in sections
            if section.lines or section.note
        ],
    }
    return typeset("paper/record", values)


def _joined(what: str, words: str) -> str:
    return f"{what}\n{words}" if words else what
