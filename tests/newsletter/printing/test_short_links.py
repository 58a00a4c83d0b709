"""Short addresses beside the stories."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.printing.short_links import (
    ALPHABET,
    ShortLink,
    issue_code,
    issue_of,
    path_of,
    read,
    story_codes,
    story_of,
)


@given(st.integers(min_value=1, max_value=2**31))
def test_the_code_of_an_issue_is_its_number(number: int) -> None:
    assert issue_of(issue_code(number)) == number


def test_there_is_no_letter_that_could_be_another() -> None:
    assert not set(ALPHABET) & set("0o1il")


@given(st.sets(st.uuids().map(str), max_size=60))
def test_every_story_of_an_issue_has_a_code_of_its_own(keys: set[str]) -> None:
    ordered = sorted(keys)
    codes = story_codes(7, ordered)
    assert len(set(codes.values())) == len(ordered)
    assert all(story_of(codes, codes[key]) == key for key in ordered)


def test_a_story_keeps_its_code_when_others_come_and_go() -> None:
    assert story_codes(7, ["a", "b"])["b"] == story_codes(7, ["b", "c", "a"])["b"]
    assert story_codes(7, ["a"])["a"] != story_codes(8, ["a"])["a"]


def test_stories_whose_codes_begin_alike_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsletter.printing.short_links._digest", lambda issue, key: f"aaaa{key}zzz")
    assert story_codes(7, ["b", "c"]) == {"b": "aaaa", "c": "aaaac"}


def test_an_address_is_read_back_also_in_capitals() -> None:
    link = read(path_of(33, "k7mq", "dfz").removeprefix("/q/").rstrip("/").upper())
    assert link is not None
    assert (link.issue, link.story, link.drop_round) == (33, "k7mq", "dfz")


@pytest.mark.parametrize(
    "copied",
    [
        "33-k7mq-dfz.",
        "\u201c33-k7mq-dfz\u201d,",
        "\u200b33-\u200bk7mq-\u200bdfz",
        "33\u2013k7mq\u2014dfz",
        "33\u2011k7mq\u2212dfz",
        "33-k7mq-\n dfz ",
        "33-k7mq-dfz\ufeff)",
        "33-K7\u00adMQ-DFZ!",
    ],
    ids=ascii,
)
def test_what_was_copied_from_the_paper_is_read(copied: str) -> None:
    assert read(copied) == ShortLink(issue_of("33") or 0, "k7mq", "dfz")


@pytest.mark.parametrize(
    "code", ["", "-", "5", "5-", "5-k7", "0-k7mq", "25-k0mq", "5-k7mq-a-b", "é-k7mq", "z" * 40 + "-k7mq"]
)
def test_what_cannot_be_a_code_is_none(code: str) -> None:
    assert read(code) is None


def test_an_issue_has_no_number_below_one() -> None:
    with pytest.raises(ValueError, match="one or more"):
        issue_code(0)
