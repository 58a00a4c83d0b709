"""Memory that was used once is given back, where the system's library can."""

from types import SimpleNamespace

import pytest

from portal import memory


@pytest.mark.parametrize("library", ["whole", "without it", "none"])
def test_what_the_library_cannot_do_changes_nothing(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []
    whole = SimpleNamespace(
        mallopt=lambda *words: asked.append(words), malloc_trim=lambda *words: asked.append(("trim", *words))
    )

    def opened(name: None) -> object:
        if library == "none":
            raise OSError
        return whole if library == "whole" else object()

    monkeypatch.setattr(memory.ctypes, "CDLL", opened)
    memory.share_heaps()
    memory.give_back()
    assert asked == ([(-8, 2), (-3, 262144), ("trim", 0)] if library == "whole" else [])
