"""The demo collects its style sheets once for each state of them, and says when it could not."""

import sys
from pathlib import Path

import pytest

from portal.demo import collecting
from portal.demo.collecting import Collecting


def starts(root: Path) -> tuple[bool, bool]:
    """One start: whether it had to collect, and whether all lies there."""
    work = Collecting(root)
    work.begin()
    return work.process is not None, work.finish()


def test_collected_once_and_again_when_a_file_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "COMMAND", [sys.executable, "-c", ""])
    root = tmp_path / "static"
    assert [starts(root), starts(root)] == [(True, True), (False, True)]
    monkeypatch.setattr(collecting, "_state", lambda: "a file was saved")
    assert starts(root) == (True, True)


def test_what_broke_off_is_begun_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "COMMAND", [sys.executable, "-c", "raise SystemExit(1)"])
    root = tmp_path / "static"
    assert [starts(root), starts(root)] == [(True, False), (True, False)]


def test_the_state_of_the_files_stays_until_one_is_saved() -> None:
    assert collecting._state() == collecting._state()
