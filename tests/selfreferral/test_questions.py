"""The questions are few, short and skippable, and no two share a key."""

import re

import pytest

from selfreferral.asking import Kind, Part
from selfreferral.flow import walk
from selfreferral.questions import PAGES, no_safe_way, no_way_in

QUESTIONS = [question for page in PAGES for question in page.questions]


@pytest.mark.parametrize("whom", ["", "self", "family_or_friend", "worker"])
def test_there_are_at_most_ten_pages(whom: str) -> None:
    assert len(walk({"for_whom": whom}).steps) <= 10


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
    assert referrer == {"referrer_name", "relationship", "referrer_contact", "person_knows"}


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
