"""Pages are counted and folded as well by a program of its own as within the process that asks."""

from typing import Any

import pytest

from newsletter.printing.editions import _folded
from portal.pdf import pages_in, tagged
from tests.paper import pages_of


@pytest.fixture
def pdf() -> bytes:
    main = '#set document(title: "x")\n#set text(lang: "en")\n' + "#pagebreak()".join(
        ["One", "/Type /Pages /Count 9", "Three", "Four"]
    )
    return tagged({"main": main.encode()})


@pytest.mark.parametrize("is_apart", [True, False])
def test_four_pages_become_two_sides(pdf: bytes, is_apart: bool, settings: Any) -> None:
    settings.IS_SET_APART = is_apart
    assert pages_in(pdf) == 4
    folded = _folded(pdf)
    assert pages_in(folded) == pages_of(folded) == 2
