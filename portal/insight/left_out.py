"""What staff placed in a report that nobody sees in it, and why: told to those who write it, never on the website."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from portal.insight.report_blocks import TITLES, may_be_shown
from portal.insight.rounding import BY_YEAR, PUBLISHED

NO_YES = "A quote is not shown: nobody’s yes to it is written down."
YEARS_ALONE = "“{0}” is not shown: it is published of a financial year alone."
BOARD_ALONE = "“{0}” is not shown: it is for the board alone."
NOT_COUNTED = "“{0}” is not shown: this report’s count does not have it."


def left_out(body: Iterable[Any], names: Collection[str]) -> list[str]:
    """A sentence for each; `names` are those of the figures that the report has."""
    return [*dict.fromkeys(_sentences(body, names))]


def _sentences(body: Iterable[Any], names: Collection[str]) -> Iterator[str]:
    for block in body:
        if not may_be_shown(block):
            yield NO_YES
        elif block.block_type == "figure" and block.value and block.value not in names:
            yield _why_not(block.value).format(TITLES.get(block.value, block.value))


def _why_not(name: str) -> str:
    if name in BY_YEAR:
        return YEARS_ALONE
    return NOT_COUNTED if name in PUBLISHED else BOARD_ALONE
