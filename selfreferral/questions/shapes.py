"""What a question is, and what a page of them is: the shapes that the questions are written in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

Value = str | list[str]
Answers = Mapping[str, Value]
Condition = Callable[[Answers], bool]


class Kind(StrEnum):
    """How a question is answered."""

    ONE = "one"
    MANY = "many"
    LINE = "line"
    WORDS = "words"
    PHONE = "phone"
    EMAIL = "email"
    YEAR = "year"


class Part(StrEnum):
    """Which sealed part of a referral an answer is kept in; each opens by itself."""

    CONTACT = "contact"
    STORY = "story"
    REFERRER = "referrer"


LONGEST: Mapping[Kind, int] = {Kind.WORDS: 5000, Kind.LINE: 200, Kind.PHONE: 40, Kind.EMAIL: 254, Kind.YEAR: 4}


def always(_answers: Answers) -> bool:
    """Asked of everybody."""
    return True


def is_for_other(answers: Answers) -> bool:
    """Whether somebody asks on behalf of another person."""
    return answers.get("for_whom") in {"family_or_friend", "worker"}


def is_by_worker(answers: Answers) -> bool:
    """Whether somebody asks whose work it is."""
    return answers.get("for_whom") == "worker"


def may_have_agreed(answers: Answers) -> bool:
    """Whether it can be that the person said yes: nobody said that they did not."""
    return answers.get("person_knows") not in {"knows", "no"}


def is_worried(answers: Answers) -> bool:
    """Whether urgent numbers go first from here on."""
    return answers.get("danger") in {"yes", "worried"}


@dataclass(frozen=True, kw_only=True)
class Question:
    """One thing we ask. `asks` is said to the person, `asks_of_other` to whoever asks for them.

    `must` is what we say when it is left out; empty means that it may be skipped. `left_out` is how it then reads.
    Asked only of some (`applies`), `when` says of whom, for paper. Where an answer of the same page takes this one back
    (`counts`), it is dropped.
    """

    key: str
    asks: str
    kind: Kind
    part: Part
    asks_of_other: str = ""
    hint: str = ""
    hint_of_other: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    must: str = ""
    left_out: str = ""
    applies: Condition = always
    when: str = ""
    counts: Condition = always

    def label(self, answers: Answers) -> str:
        return self.asks_of_other if self.asks_of_other and is_for_other(answers) else self.asks

    def help(self, answers: Answers) -> str:
        return self.hint_of_other if self.hint_of_other and is_for_other(answers) else self.hint


@dataclass(frozen=True, kw_only=True)
class Page:
    """One short page: mostly one question, at times a few that belong together under one heading.

    `lacks` names what must still be answered before going on, in our words, or is empty. Asked only of some (`applies`),
    `when` says of whom, for paper.
    """

    key: str
    questions: tuple[Question, ...]
    heading: str = ""
    heading_of_other: str = ""
    hint: str = ""
    applies: Condition = always
    when: str = ""
    lacks: Callable[[Answers], str] = lambda _answers: ""

    def title(self, answers: Answers) -> str:
        return self.heading_of_other if self.heading_of_other and is_for_other(answers) else self.heading


def has_detail(key: str) -> Condition:
    return lambda answers: bool(answers.get(key))
