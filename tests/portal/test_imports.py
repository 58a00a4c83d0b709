"""The shared reader of CSV files says what is wrong with one."""

import pytest
from django.core.management import CommandError

from portal.imports import csv_rows


def test_the_heading_counts_as_the_first_row() -> None:
    assert csv_rows("a,b\n1,2\n3,4\n", needs=["a"]) == [(2, {"a": "1", "b": "2"}), (3, {"a": "3", "b": "4"})]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n1,2\n", "column c is missing"),
        ("", "column c is missing"),
        ("a,b,c\n1,2\n", "cut short"),
        ("a,b,c\n1,2,3,4\n", "as many columns"),
        ('a,b,c\n1,2,"3', "can be read: unexpected end"),
    ],
)
def test_a_wrong_or_cut_file_is_one_clear_error(text: str, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        csv_rows(text, needs=["c"])


def test_rows_have_the_numbers_that_a_spreadsheet_shows() -> None:
    text = 'a,b\n"1\nin two lines",2\n\n3,4\n'
    assert [number for number, _ in csv_rows(text, needs=["a"])] == [2, 4]
