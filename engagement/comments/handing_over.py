"""Offers a comment that is really a cry for help to whoever can give it; the room that takes it makes itself known here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from portal.accounts.models import User


@dataclass(frozen=True, kw_only=True)
class CryForHelp:
    """What the author agreed to pass on: their words, the place, what to call them, and one safe way to reach them.

    `key` is the same for the same comment and says nothing about it.
    """

    key: str
    words: str
    where: str
    name: str
    reach: str
    cannot_wait: bool
    is_example: bool


# Takes it in, inside the caller's transaction; Refused where it cannot, and then nothing has changed.
Taker = Callable[[CryForHelp, User, datetime], None]
_takers: list[Taker] = []


def register_taker(taker: Taker) -> None:
    """The one room that helps people says that it is here."""
    if taker not in _takers:
        _takers.append(taker)


def the_taker() -> Taker | None:
    """Who takes a cry for help; nobody where this portal has no such room."""
    return _takers[0] if _takers else None
