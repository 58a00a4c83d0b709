"""The tables of docs/privacy.md say what the code does."""

from portal.operations.keeping.papers import PAPER, tables, written


def test_the_paper_is_in_step_with_the_code() -> None:
    text = PAPER.read_text()
    assert written(text) == text, "Run: python3 manage.py write_privacy_tables"


def test_the_tables_name_every_setting_and_no_brace_is_left() -> None:
    assert "`KEEP_CLOSED_DAYS`" in tables()["periods"]
    assert "{" not in tables()["data"]
