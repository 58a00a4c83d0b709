"""What somebody wrote is shown by a spreadsheet, and never run."""

import csv
import io

import pytest

from portal.spreadsheets import csv_text, harmless

FORMULAS = [
    "=1+1", "+44", "-2", "@SUM(A1)", "\tx", "\rx", "\nx", '=HYPERLINK("http://x")', "  =1", "\ufeff=1", "\x01=1",
    "|calc", "%0A=1", "＝1",
]  # fmt: skip


@pytest.mark.parametrize("words", FORMULAS)
def test_words_that_start_a_formula_are_only_words(words: str) -> None:
    assert harmless(words) == f"'{words}"


@pytest.mark.parametrize("value", ["1+1=2", "", -1.31, None, True, " a", "50 %"])
def test_other_cells_stay_as_they_are(value: object) -> None:
    assert harmless(value) == value


def test_a_table_reads_back_as_it_was_meant() -> None:
    text = csv_text(("name", "number"), [{"name": '=1+1, "two"\nlines', "number": 3}, {"number": -4}])
    assert list(csv.DictReader(io.StringIO(text, newline=""))) == [
        {"name": '\'=1+1, "two"\nlines', "number": "3"},
        {"name": "", "number": "-4"},
    ]
