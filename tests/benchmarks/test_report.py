"""A part is written with its own day and machine, and every other part stays as it was."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest

from benchmarks import report
from benchmarks.measure import Figure, Row, measured_in_turn

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(report, "REPORT", tmp_path / "benchmarks.md")
    parts = {name: partial(list, [Row(name, "1.00", "made up")]) for name in ("One", "Two")}
    monkeypatch.setattr(report, "PARTS", parts)
    return tmp_path / "benchmarks.md"


def test_one_part_is_measured_anew_and_the_other_stays(written: Path) -> None:
    report.write(say=str, today=date(2026, 11, 1))
    report.write(say=str, today=date(2026, 11, 2), only="One")
    one, two = written.read_text().split("\n## ")[1:]
    assert one.startswith("One\n\n2 November 2026, ")
    assert two.startswith("Two\n\n1 November 2026, ")
    assert "| Two | 1.00 | made up |" in two


def test_the_report_that_is_there_can_be_read_and_is_told_in_parts_that_exist() -> None:
    parts = report._parts((ROOT / "docs" / "benchmarks.md").read_text())
    assert set(parts) <= set(report.PARTS)
    assert all(lines[0][0].isdigit() for lines in parts.values())


def test_two_figures_are_compared_round_by_round() -> None:
    assert Figure((2.0, 9.0)).beside(Figure((1.0, 3.0))).told() == "2.50 (2.00 to 3.00)"


def test_every_other_round_goes_backwards_after_one_to_warm_up() -> None:
    order: list[str] = []

    def measured(name: str) -> float:
        order.append(name)
        return 1.0

    measured_in_turn({name: partial(measured, name) for name in "ab"}, rounds=2)
    assert "".join(order) == "abab" + "ba"


def test_nothing_of_the_peers_is_in_the_locks_of_the_portal() -> None:
    text = "".join(path.read_text() for path in (ROOT / "requirements").glob("*.lock"))
    assert not [name for name in ("gunicorn==", "wagtail-cache==", "django-newsletter==", "sorl-") if name in text]
