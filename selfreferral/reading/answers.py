"""Opens what was answered and lays it out in the words that were asked then, whatever is asked today."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from selfreferral.models import Answer, Referral
from selfreferral.models.sealing import place
from selfreferral.questions import flow
from selfreferral.questions.pages import PAGES
from selfreferral.questions.shapes import Answers, Page, Part, Question, Value
from selfreferral.vault import Strongbox

Asked = tuple[Page, Question]
IN_ORDER = (Part.STORY, Part.CONTACT, Part.REFERRER)


@dataclass(frozen=True)
class Line:
    """A question and its answer in words."""

    label: str
    value: str


@dataclass(frozen=True)
class Sheet:
    """One part as it was answered at one time, with the pages that were asked; `why` is empty but for a correction.

    Answers that a correction left alone stay under the words in which they were given: those are `carried`.
    """

    part: Part
    revision: int
    given_at: datetime
    answers: Answers
    pages: tuple[Page, ...]
    why: str = ""
    carried: Mapping[str, Asked] = field(default_factory=dict)

    @property
    def asked(self) -> dict[str, Asked]:
        """Page and question of each key, in order, in the words in which its answer was given."""
        return {question.key: (page, question) for page in self.pages for question in page.questions} | dict(
            self.carried
        )

    def after(self, before: "Sheet | None") -> "Sheet":
        """This sheet as one that puts right the one before it."""
        if before is None:
            return self
        same = {key for key, value in self.answers.items() if before.answers.get(key) == value}
        return replace(self, carried={key: asked for key, asked in before.asked.items() if key in same})

    def lines(self, *, whole: Answers, but: Iterable[str] = ()) -> tuple[Line, ...]:
        """Questions and answers in the order in which they were asked; `whole` says for whom the person asked.

        An answer to a question that these pages do not have is shown by its key: nothing that was said is left out.
        """
        asked = self.asked
        known = tuple(
            Line(flow.full_label(page, question, whole), flow.in_words(question, self.answers[key]))
            for key, (page, question) in asked.items()
            if key in self.answers and key not in but
        )
        odd = (Line(key, _plainly(value)) for key, value in self.answers.items() if key not in asked and key not in but)
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
    return last_of(sheets((row for row in _rows(referral) if row.part in wanted), lambda _row: box))


def last_of(found: Iterable[Sheet]) -> Answered:
    """Of each part the last sheet, where they come in order."""
    return Answered({sheet.part: sheet for sheet in found})


def sheets(rows: Iterable[Answer], box_of: Callable[[Answer], Strongbox]) -> Iterator[Sheet]:
    """Every sheet of one referral, opened: the parts in turn, each correction after what it corrects."""
    order = {part: number for number, part in enumerate(IN_ORDER)}
    before: dict[Part, Sheet] = {}
    for row in sorted(rows, key=lambda row: (order[Part(row.part)], row.revision)):
        sheet = sheet_of(row, box_of(row))
        before[sheet.part] = sheet.after(before.get(sheet.part))
        yield before[sheet.part]


def opened_answers(referral: Referral, box: Strongbox, parts: Collection[Part] = IN_ORDER) -> dict[str, Value]:
    """The answers of these parts by key; of each the last time that it was answered.

    Values alone, without the words that were asked: no query for each referral where the answers were fetched before.
    """
    latest = {row.part: row for row in sorted(referral.answers.all(), key=lambda row: row.revision)}
    opened: dict[str, Value] = {}
    for part in IN_ORDER:
        if part in parts and (row := latest.get(part)):
            opened |= box.open(row.sealed_answers, place=place(row, "answers"))
    return opened


def answers_for_export(referral: Referral, box: Strongbox) -> Iterator[tuple[Sheet, tuple[Line, ...]]]:
    """All that was ever answered, for the person who asks what we hold: part by part, each correction after what it
    corrects, and each in the words that were asked then."""
    found = list(sheets(_rows(referral), lambda _row: box))
    whole = last_of(found).answers
    for sheet in found:
        yield sheet, sheet.lines(whole={**whole, **sheet.answers})


def _rows(referral: Referral) -> list[Answer]:
    return list(referral.answers.select_related("question_set"))


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
