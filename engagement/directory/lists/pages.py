"""A page of a list that is never counted to its end, and numbers that stop where nobody reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

A_PAGE = 50
MOST_COUNTED = 1_000
LAST_PAGE = 20
T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows, with the names that components/pager.html reads."""

    object_list: Sequence[T]
    number: int
    has_more: bool

    @property
    def has_next(self) -> bool:
        return self.has_more and self.number < LAST_PAGE

    @property
    def is_cut_short(self) -> bool:
        """Whether there is more than anybody pages through."""
        return self.has_more and self.number == LAST_PAGE

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_other_pages(self) -> bool:
        return self.has_previous or self.has_next

    @property
    def next_page_number(self) -> int:
        return self.number + 1

    @property
    def previous_page_number(self) -> int:
        return self.number - 1


def page_number(typed: str | None) -> int:
    """The page that an address asks for; the first where it makes no sense."""
    number = int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
    return number if 1 <= number <= LAST_PAGE else 1


def numbers_on(stretches: Sequence[QuerySet[Any, int]], number: int) -> Page[int]:
    """Primary keys on one page of several lists laid end to end; the first page where that one would be empty."""
    found = _taken(stretches, (number - 1) * A_PAGE, A_PAGE + 1)
    if not found and number > 1:
        return numbers_on(stretches, 1)
    return Page(found[:A_PAGE], number, len(found) > A_PAGE)


def counted(found: QuerySet[Any, Any]) -> int:
    """How many there are, up to one more than anybody is told."""
    return found.order_by()[: MOST_COUNTED + 1].count()


def in_words(count: int) -> int | str:
    """A count as a list says it: 12, or "More than 1,000"."""
    return count if count <= MOST_COUNTED else f"More than {MOST_COUNTED:,}"


def _taken(stretches: Sequence[QuerySet[Any, int]], start: int, most: int) -> list[int]:
    taken: list[int] = []
    for stretch in stretches:
        some = list(stretch[start : start + most - len(taken)])
        taken += some
        if len(taken) == most:
            break
        start = 0 if some or not start else max(0, start - stretch.count())
    return taken
