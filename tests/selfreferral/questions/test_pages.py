"""The questions are few, short and skippable, and no two share a key."""

import itertools
import re
from typing import Any

import pytest

from selfreferral.contact.card import no_safe_way, no_way_in
from selfreferral.questions.flow import walk
from selfreferral.questions.pages import PAGES
from selfreferral.questions.shapes import Kind, Part, Value, always
from selfreferral.reading.consents import DUTY_CONSENTS

QUESTIONS = [question for page in PAGES for question in page.questions]


# Whatever a branch looks at, with every answer that it can have.
LOOKED_AT: dict[str, list[str]] = {
    "for_whom": ["", "self", "family_or_friend", "worker"],
    "person_knows": ["", "agreed", "knows", "no"],
    "danger": ["", "yes", "worried", "no"],
    **{detail: ["", "given"] for detail in ("phone", "email", "place", "referrer_contact")},
}


class Watched(dict[str, Value]):
    """Answers that remember who looked at what."""

    seen: set[str]

    def get(self, key: str, default: Any = None) -> Any:
        self.seen.add(key)
        return super().get(key, default)


def test_no_branch_looks_at_anything_else() -> None:
    for whom in LOOKED_AT["for_whom"]:
        answers = Watched({"for_whom": whom})
        answers.seen = set()
        for page in PAGES:
            page.applies(answers)
            for question in page.questions:
                question.applies(answers)
                question.counts(answers)
        assert answers.seen <= set(LOOKED_AT)


def test_on_every_path_there_are_at_most_ten_pages_and_none_is_empty() -> None:
    most = 0
    for chosen in itertools.product(*LOOKED_AT.values()):
        steps = walk(dict(zip(LOOKED_AT, chosen, strict=True))).steps
        most = max(most, len(steps))
        assert all(step.questions for step in steps if step.page.key != "safe")
    assert most == 10


def test_most_pages_ask_somebody_for_themselves_one_or_two_things() -> None:
    steps = walk({"for_whom": "self", "phone": "07700 900123"}).steps
    assert [len(step.questions) for step in steps] == [1, 1, 1, 2, 3, 3, 3, 3]


def test_whatever_is_asked_only_of_some_says_so_on_paper() -> None:
    for page in PAGES:
        assert bool(page.when) == (page.applies is not always)
        for question in page.questions:
            if not question.key.startswith("safe_"):
                assert bool(question.when) == (question.applies is not always)


def test_somebody_who_asks_for_themselves_meets_eight_pages() -> None:
    assert len(walk({"for_whom": "self"}).steps) == 8


def test_no_two_questions_share_a_key() -> None:
    keys = [question.key for question in QUESTIONS]
    assert len(keys) == len(set(keys))


def test_only_a_name_and_a_safe_way_cannot_be_skipped() -> None:
    assert [question.key for question in QUESTIONS if question.must] == ["name"]
    assert [page.key for page in PAGES if page.lacks({})] == ["reach", "safe"]


def test_every_choice_has_words_and_only_choices_have_choices() -> None:
    for question in QUESTIONS:
        assert bool(question.choices) == (question.kind in {Kind.ONE, Kind.MANY})
        assert all(value and label for value, label in question.choices)


def test_a_page_has_a_heading_or_one_question() -> None:
    assert [page.key for page in PAGES if not page.heading and len(page.questions) != 1] == []


def test_who_told_us_is_kept_apart_from_what_the_person_said() -> None:
    referrer = {question.key for question in QUESTIONS if question.part is Part.REFERRER}
    assert referrer == {
        "referrer_name",
        "relationship",
        "referrer_contact",
        "offer",
        "person_knows",
        "how_agreed",
        "may_name_referrer",
        "duty_consents",
    }


def test_only_somebody_at_work_is_asked_for_the_three_consents_of_the_law() -> None:
    def asked(whom: str) -> set[str]:
        return {key for step in walk({"for_whom": whom}).steps for key in step.keys}

    assert "duty_consents" in asked("worker")
    assert "duty_consents" not in asked("family_or_friend") | asked("self")
    duty = next(question for question in QUESTIONS if question.key == "duty_consents")
    assert {value for value, _ in duty.choices} == DUTY_CONSENTS


@pytest.mark.parametrize("word", ["submit", "please note", "user", "case", "referral"])
def test_the_words_are_those_of_the_house(word: str) -> None:
    said = " ".join(
        f"{question.asks} {question.asks_of_other} {question.hint} {' '.join(label for _, label in question.choices)}"
        for question in QUESTIONS
    )
    assert not re.search(rf"\b{word}\b", said, re.IGNORECASE)


def test_one_way_in_is_enough() -> None:
    assert no_way_in({})
    assert not no_way_in({"place": "The food table on a Friday"})


def test_a_voicemail_alone_is_not_enough_and_we_say_why() -> None:
    assert "To leave a voicemail we have to ring" in no_safe_way({"phone": "07700 900123", "safe_voicemail": "yes"})
    assert "at least one way" in no_safe_way({"phone": "07700 900123", "safe_ring": "no"})
    assert not no_safe_way({"phone": "07700 900123", "safe_ring": "yes"})
