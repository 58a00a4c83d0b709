"""Paper is set by a process of its own: the same pages come back, and what typst refuses is told in its words."""

import subprocess
import sys
from typing import Any

import pytest

from portal import typesetting
from portal.typesetting import CannotBeSet, compiled

PDF, PNG = {"format": "pdf", "pdf_standards": ["ua-1"]}, {"format": "png", "ppi": 30}


def page(words: str) -> dict[str, bytes]:
    main = f'#set document(title: "x")\n#set text(lang: "en")\n#json("values.json")\n{words}'
    return {"main": main.encode(), "values.json": '"Łódź, “yes” 😀"'.encode()}


@pytest.mark.parametrize("options", [PDF, PNG], ids=["pdf", "pictures"])
def test_elsewhere_the_same_pages_are_set_as_here(options: dict[str, Any]) -> None:
    files = page("#pagebreak() Two") if options is PNG else {**page(""), "values.json": b'"One page"'}
    apart, here = (compiled(files, options, is_apart=is_apart) for is_apart in (True, False))
    assert len(apart) == len(here) == (2 if options is PNG else 1)
    assert [one[:8] for one in apart] == [one[:8] for one in here]
    assert options is PDF or apart == here


@pytest.mark.parametrize("is_apart", [True, False])
def test_what_is_refused_is_told_in_typsts_own_words(is_apart: bool) -> None:
    with pytest.raises(CannotBeSet, match="unknown variable: nothing"):
        compiled(page("#nothing"), PDF, is_apart=is_apart)


def test_paper_that_takes_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def sleeps(*given: Any, timeout: float, **more: Any) -> None:
        raise subprocess.TimeoutExpired("typst", timeout)

    monkeypatch.setattr(subprocess, "run", sleeps)
    with pytest.raises(CannotBeSet, match="not set within"):
        compiled(page(""), PDF, is_apart=True)


def test_the_process_needs_nothing_of_django() -> None:
    """It would be slow to start, and as large as what it spares."""
    code = "import sys, portal.typesetting; print('django' in sys.modules, 'typst' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=typesetting.ROOT
    )
    assert done.stdout.split() == ["False", "False"]
