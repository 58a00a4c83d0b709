"""What is handed out, as a file and as pages to print, with what is kept back, why, and what the person may do next."""

import json
from datetime import datetime

from portal.clock import say_whole_date
from portal.privacy.periods import period
from portal.rights.gathering import Gathered, Laid, purposes
from portal.rights.models import SubjectRequest
from selfreferral.exports.printing import record_pdf
from selfreferral.reading.held import Section

TITLE = "What we hold about you"
INTRO = (
    "This is what we hold about you, and what we wrote and did.",
    "You can ask us to put something right, not to use it for now, to erase it, or to stop. If you think that we got this "
    "wrong, tell us. You can also tell the Information Commissioner's Office: ico.org.uk, 0303 123 1113.",
)
NOT_OPENED = (
    "A form for help that was begun and never sent can be opened in the browser that began it and nowhere else, so it is "
    "not here. It is deleted after {0}."
)


def as_file(request: SubjectRequest, gathered: Gathered, *, at: datetime) -> str:
    """JSON, in the same words as the pages."""
    told = {
        "title": TITLE,
        "request": request.reference,
        "made_on": f"{at:%Y-%m-%d}",
        "about_this": list(INTRO),
        "held": [
            {
                "room": part.record.holder.title,
                "what": part.record.label,
                "items": [
                    {"heading": one.item.heading, "label": one.item.label, "words": one.item.words}
                    | ({"file": "handed out beside this"} if one.item.is_picture else {})
                    for one in part.laid
                    if one.is_handed_out
                ],
            }
            for part in gathered.parts
        ],
        "kept_back": [
            {"heading": one.item.heading, "label": one.item.label, "why": one.reason.told, "law": one.reason.law}
            for one in gathered.laid
            if one.reason is not None
        ],
        "what_for_and_how_long": [
            {"what": what, "purpose": purpose, "kept": kept} for what, purpose, kept in purposes(gathered)
        ],
        "not_opened": _not_opened(),
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def as_pages(request: SubjectRequest, gathered: Gathered, *, at: datetime) -> bytes:
    """A PDF that screen readers can read."""
    sections = [section for part in gathered.parts for section in _sections(part.laid)]
    told = tuple((what.capitalize(), f"{purpose}\nKept {kept}.") for what, purpose, kept in purposes(gathered))
    return record_pdf(
        title=TITLE,
        reference=request.reference,
        banner="Private. For you alone.",
        made=f"Made on {say_whole_date(at)}",
        sections=[*sections, Section("What we need it for, and how long we keep it", told, note=_not_opened())],
        intro=INTRO,
    )


def _not_opened() -> str:
    return NOT_OPENED.format(period("selfreferral.drafts_with_words").words)


def _sections(laid: list[Laid]) -> list[Section]:
    by_heading: dict[str, list[tuple[str, str]]] = {}
    for one in laid:
        lines = by_heading.setdefault(one.item.heading, [])
        if one.reason is not None:
            lines.append((one.item.label, f"Kept back. {one.reason.told} ({one.reason.law})"))
        elif one.is_handed_out:
            beside = "\n(handed out beside these pages)" if one.item.is_picture else ""
            lines.append((one.item.label, f"{one.item.words}{beside}"))
    return [Section(heading, tuple(lines)) for heading, lines in by_heading.items()]
