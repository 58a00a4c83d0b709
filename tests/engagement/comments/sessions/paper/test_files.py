"""The file of a session: what goes out comes back the same, and what is no such file is refused in one sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.comments.sessions.paper.entries import FIELDS
from engagement.comments.sessions.paper.files import LARGEST, MOST_ROWS, read_bytes, read_rows, write_rows
from portal.refusals import Refused
from tests.factories.sessions import typed_row

HEADING = ",".join(FIELDS)


def test_the_file_opens_with_the_mark_that_spreadsheets_know_and_its_heading() -> None:
    assert write_rows([]) == f"\ufeff{HEADING}\r\n"


words = st.text("ab1é’'\",;=+-@\t\n ", max_size=12)


@given(rows=st.lists(st.fixed_dictionaries(dict.fromkeys(FIELDS, words)), max_size=4))
def test_what_goes_out_comes_back_word_for_word(rows: list[dict[str, str]]) -> None:
    content = write_rows(rows).encode()
    assert [row for _, row in read_rows(read_bytes(content))] == rows


@pytest.mark.parametrize("cell", ["=1+1", "+44 191", "-5 degrees", "@home", "'=1", "''@x", "'tis cold"])
def test_nothing_is_run_as_a_formula_and_nothing_is_changed_by_that(cell: str) -> None:
    written = write_rows([typed_row(words=cell)])
    assert f",{cell}," not in written or cell == "'tis cold"
    assert read_rows(written)[0][1]["words"] == cell


def test_what_an_older_spreadsheet_saves_is_read_too() -> None:
    content = f"{HEADING}\r\n1,B2,good,The café’s door,,\r\n".encode("cp1252")
    assert read_rows(read_bytes(content))[0][1]["words"] == "The café’s door"


@pytest.mark.parametrize("content", [b"PK\x03\x04\x00\x00", b"x" * (LARGEST + 1)])
def test_what_is_no_csv_or_too_large_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        read_bytes(content)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "column number is missing"),
        ("number,words\r\n1,x\r\n", "column where is missing"),
        (f"{HEADING}\r\n1,B2\r\n", "cut short"),
        (f'{HEADING}\r\n1,B2,good,"x\r\n', "cannot|CSV"),
        (f"{HEADING}\r\n" + "1,,,,,\r\n" * (MOST_ROWS + 1), "5,001 rows"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(text: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_rows(text)


def test_rows_are_numbered_from_the_first_one_under_the_heading() -> None:
    assert [number for number, _ in read_rows(write_rows([typed_row(7), typed_row(8)]))] == [1, 2]
