"""Opens what was answered, as it stands today, and lays it out in the words that were asked."""

from collections.abc import Iterable
from dataclasses import dataclass

from selfreferral import flow
from selfreferral.asking import Part, Value
from selfreferral.models import Referral
from selfreferral.models.sealing import place
from selfreferral.questions import PAGES
from selfreferral.vault import Strongbox


@dataclass(frozen=True)
class Line:
    """A question and its answer in words."""

    label: str
    value: str


def opened_answers(referral: Referral, box: Strongbox, parts: Iterable[Part]) -> dict[str, Value]:
    """The answers of these parts; of each the last time that it was answered."""
    latest = {row.part: row for row in sorted(referral.answers.all(), key=lambda row: row.revision)}
    answers: dict[str, Value] = {}
    for part in parts:
        if row := latest.get(part):
            answers |= box.open(row.sealed_answers, place=place(row, "answers"))
    return answers


def lines(answers: dict[str, Value], part: Part, but: Iterable[str] = ()) -> tuple[Line, ...]:
    """Questions and answers of one part, in the order in which they are asked."""
    return tuple(
        Line(question.label(answers), flow.in_words(question, answers[question.key]))
        for page in PAGES
        for question in page.questions
        if question.part is part and question.key in answers and question.key not in but
    )
