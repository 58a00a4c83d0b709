"""Personal details are found where they stand, and ordinary words are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.comments.words.screening import (
    TAKEN_OUT,
    personal_marks,
    pieces,
    reads_like_an_advert,
    why_held,
    without_marks,
)


@pytest.mark.parametrize(
    "words",
    [
        "Write to ann@example.org please",
        "ann.o'neil+bins@mail.example.co.uk",
        "ANN@EXAMPLE.ORG.",
        "mail me: ann\uff20example.org",
    ],
)
def test_an_e_mail_address_is_found(words: str) -> None:
    assert [mark.kind for mark in personal_marks(words)] == ["an e-mail address"]


@pytest.mark.parametrize(
    "words",
    [
        "Ring 07700 900123",
        "Ring 07700900123 after six",
        "Ring (01632) 960 555",
        "Ring 01632-960-555.",
        "+44 7700 900123",
        "+44 (0)7700 900 123",
        "0044 7700 900123",
        "my number:07700.900.123",
    ],
)
def test_a_british_phone_number_is_found(words: str) -> None:
    assert [mark.kind for mark in personal_marks(words)] == ["a phone number"]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("I live at 12 Third Street, Horden, SR8 4LX.", "12 Third Street, Horden, SR8 4LX"),
        ("12, SR8 4LX", "12, SR8 4LX"),
        ("it is SR8 4LX, number 12", "SR8 4LX, number 12"),
        ("sr84lx no 12", "sr84lx no 12"),
        ("the bins of 14 third street", "14 third street"),
        ("opposite 7a Sunderland Road", "7a Sunderland Road"),
    ],
)
def test_the_address_of_a_home_is_found(words: str, text: str) -> None:
    (mark,) = personal_marks(words)
    assert (mark.kind, words[mark.start : mark.end]) == ("an address of a home", text)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("My neighbour at no. 12 shouts", "no. 12"),
        ("the people at no 12", "no 12"),
        ("Number 12 has a dog", "Number 12"),
        ("they live in flat 3b", "flat 3b"),
    ],
)
def test_the_number_of_a_house_is_found(words: str, text: str) -> None:
    (mark,) = personal_marks(words)
    assert (mark.kind, words[mark.start : mark.end]) == ("the number of a house", text)


@pytest.mark.parametrize("words", ["A van AB12 CDE parks here", "ab12cde", "A123 BCD", "BCD 123A"])
def test_a_number_plate_is_found(words: str) -> None:
    (mark,) = personal_marks(words)
    assert mark.kind == "a number plate"


@pytest.mark.parametrize(
    "words",
    [
        "",
        "THE A19 AND THE A1086 ARE BUSY",
        "BUS 22A IS LATE",
        "The number 23 bus and bus no. 24",
        "Litter is the no. 1 priority, number 2 problem is parking",
        "There are no 20 mph signs and no 5 a side pitch",
        "Third Street has 12 trees and 20 new street lights",
        "the 100 Third Street block",
        "The bus at 08:15 and the one at 09.45 are late",
        "It was built in 1904 and shut in 1987",
        "Around SR8 4LX",
        "SR8 4LX has 12 houses",
        "Fifth Street 200 - 300 block, 18-23",
        "100000000000 people",
        "We meet @ the park",
        "DC Code 50-2201.28 and DCMR 18-23",
    ],
)
def test_ordinary_words_are_left_alone(words: str) -> None:
    assert personal_marks(words) == []


def test_a_mark_says_where_it_stands() -> None:
    words = "Ring 07700 900123 or write to ann@example.org"
    assert [words[mark.start : mark.end] for mark in personal_marks(words)] == ["07700 900123", "ann@example.org"]


def test_a_text_is_cut_where_something_was_found() -> None:
    assert [tuple(piece) for piece in pieces("Ring 07700 900123 now")] == [
        ("Ring ", ""),
        ("07700 900123", "a phone number"),
        (" now", ""),
    ]
    assert pieces("") == []


def test_one_press_takes_everything_out_and_leaves_a_sign() -> None:
    words = "Ask Ann at 12 Third Street, SR8 4LX, on 07700 900123 or ann@example.org. The van is AB12 CDE."
    assert without_marks(words) == f"Ask Ann at {TAKEN_OUT}, on {TAKEN_OUT} or {TAKEN_OUT}. The van is {TAKEN_OUT}."
    assert without_marks("The bins blow over.") == "The bins blow over."


def test_two_web_addresses_are_an_advert() -> None:
    assert reads_like_an_advert("see https://a.example and WWW.b.example")
    assert not reads_like_an_advert("see https://a.example")


def test_why_is_one_phrase_for_all_texts() -> None:
    assert why_held("all well", "ann@example.org", "07700 900123 and bob@example.org") == (
        "an e-mail address and a phone number"
    )
    assert why_held("all well", "") == ""


@given(st.text(max_size=2000))
def test_any_text_is_read_without_trouble(words: str) -> None:
    for mark in personal_marks(words):
        assert 0 <= mark.start < mark.end <= len(words)
    assert "".join(piece.text for piece in pieces(words)) == words
    assert personal_marks(without_marks(words)) == []


@pytest.mark.parametrize(
    "words",
    [
        "0 " * 10_000,
        "a" * 20_000 + "@",
        "+44" * 7_000,
        "0(" * 10_000,
        "a@" + "b." * 9_000,
        "12 a " * 4_000,
        "no. " * 5_000,
    ],
)
def test_long_hostile_text_is_read_without_trouble(words: str) -> None:
    personal_marks(words)
