"""The questions as plain data: what was asked can be kept, told apart by its digest, and read back years later."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from selfreferral.questions.pages import PAGES
from selfreferral.questions.shapes import Kind, Page, Part, Question

Definition = list[dict[str, Any]]
LONGEST_ASKS, LONGEST_HINT = 200, 300


@dataclass(frozen=True)
class Words:
    """What is said for one question or above one page; what is empty leaves the words of the code as they are.

    `asks` is said to the person, `asks_of_other` to whoever asks for them; a page has one hint for both.
    """

    asks: str = ""
    asks_of_other: str = ""
    hint: str = ""
    hint_of_other: str = ""


def page_key(page: Page) -> str:
    """Under which key the words above a page are kept; no question has such a key."""
    return f"page-{page.key}"


def is_of_page(key: str) -> bool:
    return key.startswith("page-")


def wordable(pages: Iterable[Page] = PAGES) -> dict[str, Words]:
    """Everything that can be said in other words, by key, in the order in which it is asked."""
    found = {}
    for page in pages:
        if page.heading:
            found[page_key(page)] = Words(page.heading, page.heading_of_other, page.hint)
        for question in page.questions:
            found[question.key] = Words(question.asks, question.asks_of_other, question.hint, question.hint_of_other)
    return found


def laid_over(words: Mapping[str, Words], pages: Iterable[Page] = PAGES) -> tuple[Page, ...]:
    """The same pages, with these words in the place of the code's. Nothing but words changes."""
    return tuple(
        replace(
            _page_with(page, words.get(page_key(page), Words())),
            questions=tuple(_question_with(question, words.get(question.key, Words())) for question in page.questions),
        )
        for page in pages
    )


def definition_of(pages: Iterable[Page]) -> Definition:
    """What is asked on these pages, in order: keys, words, choices, and where each answer is kept."""
    return [
        {
            "key": page.key,
            "heading": page.heading,
            "heading_of_other": page.heading_of_other,
            "hint": page.hint,
            "questions": [
                {
                    "key": question.key,
                    "kind": question.kind.value,
                    "part": question.part.value,
                    "asks": question.asks,
                    "asks_of_other": question.asks_of_other,
                    "hint": question.hint,
                    "hint_of_other": question.hint_of_other,
                    "choices": [list(choice) for choice in question.choices],
                }
                for question in page.questions
            ],
        }
        for page in pages
    ]


def digest_of(definition: Definition) -> str:
    """SHA-256 of the definition: the same for the same questions in the same words and order, and for no others."""
    plain = json.dumps(definition, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def pages_of(definition: Definition) -> tuple[Page, ...]:
    """The pages of a definition, for reading an answer in the words that were asked; they no longer branch."""
    return tuple(
        Page(
            key=page["key"],
            heading=page["heading"],
            heading_of_other=page["heading_of_other"],
            hint=page["hint"],
            questions=tuple(_question_of(question) for question in page["questions"]),
        )
        for page in definition
    )


def page_and_question(key: str, pages: Iterable[Page]) -> tuple[Page, Question | None]:
    """The page of this key and, unless the key is the page's own, its question. Raises KeyError for one that nothing has."""
    for page in pages:
        if key == page_key(page):
            return page, None
        for question in page.questions:
            if question.key == key:
                return page, question
    raise KeyError(key)


def versions_of(key: str, kept: Iterable["Kept"]) -> list[tuple[datetime, Words]]:
    """How it was asked, as (since when, words), in the order of what was kept; the same words in a row stand once."""
    found: list[tuple[datetime, Words]] = []
    for one in kept:
        words = wordable(one.pages).get(key)
        if words is None:
            continue
        if found and found[-1][1] == words:
            found.pop()
        found.append((one.first_used_at, words))
    return found


class Kept(Protocol):
    """The questions as they were at one time."""

    first_used_at: Any

    @property
    def pages(self) -> tuple[Page, ...]: ...


def _page_with(page: Page, words: Words) -> Page:
    return replace(
        page,
        heading=words.asks or page.heading,
        heading_of_other=words.asks_of_other or page.heading_of_other,
        hint=words.hint or page.hint,
    )


def _question_with(question: Question, words: Words) -> Question:
    return replace(
        question,
        asks=words.asks or question.asks,
        asks_of_other=words.asks_of_other or question.asks_of_other,
        hint=words.hint or question.hint,
        hint_of_other=words.hint_of_other or question.hint_of_other,
    )


def _question_of(kept: Mapping[str, Any]) -> Question:
    return Question(
        key=kept["key"],
        kind=Kind(kept["kind"]),
        part=Part(kept["part"]),
        asks=kept["asks"],
        asks_of_other=kept["asks_of_other"],
        hint=kept["hint"],
        hint_of_other=kept["hint_of_other"],
        choices=tuple((value, label) for value, label in kept["choices"]),
    )
