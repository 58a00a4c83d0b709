"""The way through the questions, worked out from the answers alone: which pages there are, and which comes next."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from selfreferral.questions.pages import PAGES
from selfreferral.questions.shapes import LONGEST, Answers, Kind, Page, Part, Question, Value


@dataclass(frozen=True)
class Step:
    """One page on somebody's path, with the questions that it asks them; numbers count from 1."""

    number: int
    page: Page
    questions: tuple[Question, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(question.key for question in self.questions)


@dataclass(frozen=True)
class Path:
    """Every page on somebody's path, and their answers without those of any page that is not on it."""

    steps: tuple[Step, ...]
    answers: dict[str, Value]

    def lacks(self, step: Step) -> str:
        """What must still be answered on this page, in words; empty when one may go on."""
        for question in step.questions:
            if question.must and not self.answers.get(question.key):
                return question.must
        return step.page.lacks(self.answers)

    def answers_of(self, part: Part) -> dict[str, Value]:
        return {
            question.key: self.answers[question.key]
            for step in self.steps
            for question in step.questions
            if question.part is part and question.key in self.answers
        }


@dataclass(frozen=True)
class Progress:
    """A draft as it is kept: the answers, and for each page the questions that have been put to the person.

    `refused` is the last page that was sent with something missing, field by field as it was typed.
    """

    answers: Answers
    asked: Mapping[str, tuple[str, ...]]
    refused: Mapping[str, list[str]] = field(default_factory=dict)

    @classmethod
    def empty(cls) -> "Progress":
        return cls({}, {})

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "Progress":
        asked = {page: tuple(keys) for page, keys in stored["asked"].items()}
        return cls(dict(stored["answers"]), asked, stored.get("refused", {}))

    def to_store(self) -> dict[str, Any]:
        asked = {page: list(keys) for page, keys in self.asked.items()}
        return {"answers": dict(self.answers), "asked": asked, "refused": dict(self.refused)}

    @property
    def path(self) -> Path:
        return walk(self.answers)

    def path_in(self, pages: tuple[Page, ...]) -> Path:
        """The same path in the words of these pages."""
        return walk(self.answers, pages)

    @property
    def first_open(self) -> Step | None:
        """The first page that has not been put to them, asks something new, or lacks what we cannot do without."""
        path = self.path
        for step in path.steps:
            if not set(step.keys) <= set(self.asked.get(step.page.key, ())) or path.lacks(step):
                return step
        return None

    def may_open(self, number: int) -> bool:
        """Back is always open; ahead only as far as the first open page."""
        furthest = self.first_open
        return 1 <= number <= (furthest.number if furthest else len(self.path.steps))

    def with_page(self, step: Step, given: Answers) -> "Progress":
        """This page answered; answers that its new branch leaves off the path are gone."""
        merged = {key: value for key, value in self.answers.items() if key not in step.keys}
        path = walk({**merged, **{key: value for key, value in given.items() if key in step.keys}})
        asked = {**self.asked, step.page.key: step.keys}
        on_path = {step.page.key for step in path.steps}
        return Progress(path.answers, {page: keys for page, keys in asked.items() if page in on_path})

    def after(self, number: int) -> Step | None:
        """The page to show after this one: the next, or none when all is answered and can be checked."""
        furthest, steps = self.first_open, self.path.steps
        if furthest is None:
            return None
        return steps[number] if number < furthest.number else furthest


def walk(answers: Answers, pages: tuple[Page, ...] = PAGES) -> Path:
    """Go through the pages from the first, letting only what was answered on the way decide what is asked next.

    `pages` can be the same questions in other words; see selfreferral.questions.wording.
    """
    kept: dict[str, Value] = {}
    steps: list[Step] = []
    for page in pages:
        if not page.applies(kept):
            continue
        asked = []
        for question in page.questions:
            if not question.applies(kept):
                continue
            asked.append(question)
            value = _fitting(question, answers.get(question.key))
            if value and question.counts(kept):
                kept[question.key] = value
        steps.append(Step(len(steps) + 1, page, tuple(asked)))
    return Path(tuple(steps), kept)


def _fitting(question: Question, value: Value | None) -> Value:
    """The value if this question can have it; a choice that is no longer offered is no answer."""
    offered = dict(question.choices)
    if question.kind is Kind.MANY:
        return [one for one in value if one in offered] if isinstance(value, list) else []
    if not isinstance(value, str):
        return ""
    if question.kind is Kind.ONE:
        return value if value in offered else ""
    if question.kind is Kind.YEAR:
        return value.strip() if is_year(value.strip()) else ""
    return value.strip()[: LONGEST[question.kind]].rstrip()


def is_year(typed: str) -> bool:
    """Four digits of this century or the last."""
    return re.fullmatch(r"(19|20)[0-9]{2}", typed) is not None


def in_words(question: Question, value: Value | None) -> str:
    """An answer as a person would read it; empty when there is none. A choice that has lost its words is shown as kept."""
    offered = dict(question.choices)
    if isinstance(value, list):
        return ", ".join(offered.get(one, one) for one in value)
    return offered.get(value, value) if value else ""


def full_label(page: Page, question: Question, answers: Answers) -> str:
    """A question apart from its page: "Is it safe to…" and "…ring you?" are then one."""
    asks = question.label(answers)
    return f"{page.title(answers).rstrip('…')}{asks.replace('…', ' ')}" if asks.startswith("…") else asks
