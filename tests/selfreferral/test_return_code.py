"""Six words are hard to guess and easy to type, and say nothing by themselves."""

import math
from typing import Any

import pytest

from selfreferral.return_code import HOW_MANY, WORDS, new_code, normalise, opener, unknown_words
from selfreferral.vault import VaultIsShut


def test_a_code_has_at_least_57_bits() -> None:
    assert len(set(WORDS)) == len(WORDS)
    assert math.log2(len(WORDS)) * HOW_MANY >= 57


def test_words_are_short_and_plain() -> None:
    assert all(word.isascii() and word.isalpha() and word.islower() and 2 <= len(word) <= 9 for word in WORDS)


def test_no_two_codes_are_alike() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(normalise(code) == code for code in codes)


@pytest.mark.parametrize(
    "typed",
    [
        "Apple river candle boat seven moss",
        " apple, river, candle, boat, seven, moss. ",
        "apple\nriver-candle boat/seven moss",
    ],
)
def test_a_code_is_understood_however_it_is_typed(typed: str) -> None:
    assert normalise(typed) == "apple river candle boat seven moss"


@pytest.mark.parametrize("typed", ["", "apple", "apple " * 7, "apple river candle boat seven mosss", "1 2 3 4 5 6"])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert normalise(typed) == ""


def test_a_mistyped_word_is_named() -> None:
    assert unknown_words("apple rivver candle böat") == ["rivver", "böat"]


def test_the_same_words_open_the_same_door_and_others_another() -> None:
    code = new_code()
    assert opener(code) == opener(code)
    assert opener(code).finder != opener(new_code()).finder
    assert opener(code).key not in opener(code).finder


def test_another_installation_makes_something_else_of_the_same_words(settings: Any) -> None:
    here = opener("apple river candle boat seven moss")
    settings.INDEX_KEY = "another"
    assert opener("apple river candle boat seven moss").finder != here.finder
    settings.INDEX_KEY = ""
    with pytest.raises(VaultIsShut):
        opener("apple river candle boat seven moss")
