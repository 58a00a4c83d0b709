"""Quarters: read from an address, said in words, one after the other."""

from datetime import date

import pytest

from engagement.comments.acting.quarters import Quarter, quarters_between


@pytest.mark.parametrize(
    ("text", "quarter"),
    [
        ("2026-q1", Quarter(2026, 1)),
        ("2026-q5", None),
        ("26-q1", None),
        ("", None),
        ("0000-q1", None),
        ("9999-q4", None),
    ],
)
def test_a_quarter_is_read_from_an_address(text: str, quarter: Quarter | None) -> None:
    assert Quarter.read(text) == quarter


def test_a_quarter_is_said_in_months_and_starts_in_london() -> None:
    quarter = Quarter.of(date(2026, 5, 31))
    assert (quarter.words, str(quarter)) == ("April to June 2026", "2026-q2")
    assert quarter.starts.isoformat() == "2026-04-01T00:00:00+01:00"


def test_quarters_go_back_over_new_year() -> None:
    names = [str(quarter) for quarter in quarters_between(date(2025, 11, 1), date(2026, 4, 1))]
    assert names == ["2026-q2", "2026-q1", "2025-q4"]
    assert [str(quarter) for quarter in quarters_between(date(2026, 4, 1), date(2026, 4, 1))] == ["2026-q2"]
