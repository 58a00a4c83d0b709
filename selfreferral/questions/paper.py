"""The form on paper, plain and in large print: the same questions in the same words, for pen and box."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from selfreferral.questions.shapes import Kind, Page, Question

# Points of the body text, how much smaller a hint is, and how many lines an open question has.
SIZES: Mapping[str, tuple[float, float, int]] = {"": (11.0, 0.9, 6), "large": (18.0, 1.0, 7)}
# Where the partnership has written down none of its own.
NATIONAL = (
    ("Somebody is in danger now", "999", "Police, ambulance, fire"),
    ("You need a nurse or a doctor", "111", "Choose option 2 if you cannot cope"),
    ("You need somebody to listen", "116 123", "Samaritans, free, day and night"),
)


def form_values(
    *,
    pages: Iterable[Page],
    print_size: str,
    identity: Any,
    numbers: Iterable[tuple[str, str, str]],
    checked_on: date | None,
) -> dict[str, Any]:
    """What the template sets. `numbers` are (label, phone, detail) of who to ring; none means the national ones."""
    size, small, lines = SIZES[print_size]
    return {
        "name": identity.name,
        "place": identity.place_name,
        "base": ", ".join(part for part in (identity.base_name, identity.base_address) if part),
        "phone": identity.contact_phone,
        "numbers": [list(line) for line in (tuple(numbers) or NATIONAL)],
        "checked_on": f"{checked_on.day} {checked_on:%B %Y}" if checked_on else "",
        "size": size,
        "small": small,
        "lines": lines,
        "sections": _sections(pages),
    }


def _sections(pages: Iterable[Page]) -> list[dict[str, Any]]:
    """Each page as a part of the form, under what it depends on."""
    return [
        {
            "number": number,
            "when": page.when,
            "heading": page.heading,
            "hint": page.hint,
            "is_grid": all(question.asks.startswith("…") for question in page.questions),
            "questions": [_question(question) for question in page.questions],
        }
        for number, page in enumerate(pages, start=1)
    ]


def _question(question: Question) -> dict[str, Any]:
    return {
        "asks": question.asks,
        "hint": question.hint,
        "when": question.when,
        "kind": question.kind.value,
        "choices": [label for _, label in question.choices],
        "is_needed": bool(question.must),
        "is_long": question.kind is Kind.WORDS,
    }
