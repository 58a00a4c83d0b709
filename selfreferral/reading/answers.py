"""Opens what was answered and lays it out in the words that were asked then, whatever is asked today."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from selfreferral import flow
from selfreferral.asking import Answers, Page, Part, Value
from selfreferral.models import Answer, Referral
from selfreferral.models.sealing import place
from selfreferral.questions import PAGES
from selfreferral.vault import Strongbox


@dataclass(frozen=True)
class Line:
    """A question and its answer in words."""

    label: str
    value: str


@dataclass(frozen=True)
class Sheet:
    """One part as it was answered at one time, with the pages that were asked; `why` is empty but for a correction."""

    part: Part
    revision: int
    given_at: datetime
    answers: Answers
    pages: tuple[Page, ...]
    why: str = ""

    def lines(self, *, whole: Answers, but: Iterable[str] = ()) -> tuple[Line, ...]:
        """Questions and answers in the order in which they were asked; `whole` says for whom the person asked.

        An answer to a question that these pages do not have is shown by its key: nothing that was said is left out.
        """
        asked = [(page, question) for page in self.pages for question in page.questions]
        known = tuple(
            Line(flow.full_label(page, question, whole), flow.in_words(question, self.answers[question.key]))
            for page, question in asked
            if question.key in self.answers and question.key not in but
        )
        keys = {question.key for _, question in asked}
        odd = (Line(key, _plainly(value)) for key, value in self.answers.items() if key not in keys and key not in but)
        return (*known, *odd)


@dataclass(frozen=True)
class Answered:
    """Some parts of a referral, opened, each as it was answered last."""

    sheets: Mapping[Part, Sheet]

    @property
    def answers(self) -> dict[str, Value]:
        return {key: value for sheet in self.sheets.values() for key, value in sheet.answers.items()}

    def lines(self, part: Part, but: Iterable[str] = ()) -> tuple[Line, ...]:
        sheet = self.sheets.get(part)
        return sheet.lines(whole=self.answers, but=but) if sheet else ()


def answered(referral: Referral, box: Strongbox, parts: Iterable[Part] = Part) -> Answered:
    """These parts, each as it was answered last."""
    wanted = set(parts)
    latest = {row.part: row for row in _rows(referral)}
    return Answered({Part(part): sheet_of(row, box) for part, row in latest.items() if part in wanted})


def opened_answers(referral: Referral, box: Strongbox, parts: Iterable[Part]) -> dict[str, Value]:
    """The answers of these parts by key; of each the last time that it was answered."""
    return answered(referral, box, parts).answers


def answers_for_export(referral: Referral, box: Strongbox) -> Iterator[tuple[Sheet, tuple[Line, ...]]]:
    """All that was ever answered, for the person who asks what we hold: part by part, each correction after what it
    corrects, and each in the words that were asked then."""
    whole = answered(referral, box).answers
    order = {part: number for number, part in enumerate((Part.STORY, Part.CONTACT, Part.REFERRER))}
    for row in sorted(_rows(referral), key=lambda row: (order[Part(row.part)], row.revision)):
        sheet = sheet_of(row, box)
        yield sheet, sheet.lines(whole={**whole, **sheet.answers})


def _rows(referral: Referral) -> list[Answer]:
    return list(referral.answers.select_related("question_set").order_by("revision"))


def sheet_of(row: Answer, box: Strongbox) -> Sheet:
    """One part as it was answered once."""
    return Sheet(
        part=Part(row.part),
        revision=row.revision,
        given_at=row.given_at,
        answers=box.open(row.sealed_answers, place=place(row, "answers")),
        pages=row.question_set.pages if row.question_set else PAGES,
        why=box.open(row.sealed_why, place=place(row, "why")) if row.sealed_why else "",
    )


def _plainly(value: Value) -> str:
    return ", ".join(value) if isinstance(value, list) else value
