"""What whoever measures has set for themselves reaches no process that is measured."""

import pytest

from benchmarks.surroundings import PLACES, usual_surroundings


def test_no_place_of_the_callers_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PLACES:
        monkeypatch.setenv(name, "theirs")
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert not PLACES & usual_surroundings().keys()
    assert usual_surroundings()["LANG"] == "C.UTF-8"
