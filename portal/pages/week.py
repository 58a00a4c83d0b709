"""The week at a glance on the staff home: each feature says its one number, for those who may act on it."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.accounts.models import User


@dataclass(frozen=True)
class WeekLine:
    """One number that matters this week, and where to act on it; never a name."""

    label: str
    count: int
    url: str
    is_urgent: bool = False


WeekLineMaker = Callable[[User], WeekLine | None]
_makers: list[WeekLineMaker] = []


def register_week_line(maker: WeekLineMaker) -> None:
    """Add a feature's number; the maker answers None for people it does not concern."""
    if maker not in _makers:
        _makers.append(maker)


def the_week(user: User) -> list[WeekLine]:
    """The lines this person can act on, urgent ones first."""
    lines = [line for maker in _makers if (line := maker(user)) is not None]
    return sorted(lines, key=lambda line: not line.is_urgent)
