"""Addresses as they are written on paper."""

import pytest

from newsletter.printing.addresses import SOFT_HYPHEN, AddressBook, breakable, fitting, on_paper, says


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://www.example.org/", "example.org"),
        ("http://example.org/a?b=1", "example.org/a?b=1"),
        ("mailto:ann@example.org", "ann@example.org"),
        ("tel:01632960100", "01632960100"),
    ],
)
def test_an_address_is_written_as_people_write_it(url: str, written: str) -> None:
    assert on_paper(url) == written
    assert breakable(written).replace("\u200b", "") == written


@pytest.mark.parametrize(
    ("words", "url", "is_said"),
    [
        ("Ring 01632 960100", "tel:01632960100", True),
        ("ann@example.org", "mailto:ann@example.org", True),
        ("Look at Example.org", "https://example.org/", True),
        ("Ring us", "tel:01632960100", False),
        ("here", "https://example.org/", False),
    ],
)
def test_what_the_words_say_is_not_written_twice(words: str, url: str, is_said: bool) -> None:
    assert says(words, url) is is_said


def test_an_address_has_one_number_however_often_it_is_met() -> None:
    book = AddressBook(lambda url: f"https://news.example{url}" if url.startswith("/") else url)
    assert [book.number(url, "here") for url in ("/a/", "https://b.example/", "/a/")] == [1, 2, 1]
    assert [line["said"] for line in book.lines] == ["news.\u200bexample/\u200ba", "b.\u200bexample"]


def test_a_long_word_may_break_and_short_ones_stay() -> None:
    assert fitting("short words stay") == "short words stay"
    assert fitting("w" * 30).count(SOFT_HYPHEN) == 3
    assert fitting("w" * 30).replace(SOFT_HYPHEN, "") == "w" * 30
