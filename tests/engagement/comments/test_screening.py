"""Personal details are found where they stand, and ordinary words are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.comments.screening import personal_marks, why_held


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
    "words",
    [
        "",
        "The bus at 08:15 and the one at 09.45 are late",
        "It was built in 1904 and shut in 1987",
        "SR8 4LX, number 12",
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


def test_why_is_one_phrase_for_all_texts() -> None:
    assert why_held("all well", "ann@example.org", "07700 900123 and bob@example.org") == (
        "an e-mail address and a phone number"
    )
    assert why_held("all well", "") == ""


@given(st.text(max_size=2000))
def test_any_text_is_read_without_trouble(words: str) -> None:
    for mark in personal_marks(words):
        assert 0 <= mark.start < mark.end <= len(words)


@pytest.mark.parametrize(
    "words", ["0 " * 10_000, "a" * 20_000 + "@", "+44" * 7_000, "0(" * 10_000, "a@" + "b." * 9_000]
)
def test_long_hostile_text_is_read_without_trouble(words: str) -> None:
    personal_marks(words)
