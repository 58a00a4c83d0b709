"""One person in every room: how they are found, what is told to them, and what goes when they ask to be erased.

Each feature registers a holder of its own, so that whoever answers such a request asks all of them and forgets none.
"""

import hmac
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Model

# Who answers requests: for every room, or for those that hold nothing that was told in confidence.
HANDLE = "rights.handle_request"
HANDLE_EVERYDAY = "rights.handle_everyday"


@dataclass(frozen=True, kw_only=True)
class Clues:
    """What somebody says of themselves by which they may be found; never stored. Empty where they did not say it."""

    name: str = ""
    email: str = ""
    phone: str = ""
    postcode: str = ""
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class Errand:
    """Who does something for a request, when, and for which one; `by` is a member of staff."""

    by: Any
    now: datetime
    request: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """One thing in one room that may be about the person, named by its number and with nothing personal in its name.

    `is_sure` says that it was found by something that only they give, such as an e-mail address.
    """

    key: str
    label: str
    because: str
    is_sure: bool = True


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing that we hold, in words for the person. `doubt` names the reason for which somebody must think first
    whether it may be handed out; `is_picture` where a picture is handed out beside it."""

    key: str
    label: str
    words: str
    heading: str = ""
    doubt: str = ""
    is_picture: bool = False


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """What would go if this were erased, and what would stay and why."""

    goes: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Erased:
    """What became of a wish to erase: how many of what went; or in `waits_for` who must agree before anything goes."""

    went: dict[str, int] = field(default_factory=dict)
    waits_for: str = ""


@dataclass(frozen=True, kw_only=True)
class Holder:
    """One room's answers about a person. A key is what `find` called the thing; `models` are the tables told of.

    `permission` is what it takes besides the right to answer requests; what is not `is_everyday` was told in confidence.
    `rows` are what a hold may stand on, none once it is gone. `address` is where mail goes. `put_right` keeps what the
    person says is right beside the old words; without it, it is corrected on the screen at `url`. `restrict` takes it out
    of use, or back into it where the flag says that this is lifted. `sets_aside` says of which things the room makes no more
    use once they are restricted; the others are only kept. `picture` is a photo (JPEG), empty where there is none.
    """

    name: str
    title: str
    models: tuple[type[Model], ...]
    find: Callable[[Clues, Errand], list[Found]]
    items: Callable[[str, Errand], list[Item]]
    foresee: Callable[[str], Foreseen]
    erase: Callable[[str, Errand], Erased]
    rows: Callable[[str], list[Model]]
    url: Callable[[str], str]
    is_everyday: bool = True
    permission: str = ""
    address: Callable[[str], str] | None = None
    put_right: Callable[[str, str, Errand], None] | None = None
    restrict: Callable[[str, bool, Errand], None] | None = None
    sets_aside: Callable[[str], bool] = lambda key: False
    picture: Callable[[str], bytes] | None = None


_holders: dict[str, Holder] = {}


def register_holder(holder: Holder) -> None:
    """Add a room; called again it takes the place of what was there."""
    _holders[holder.name] = holder


def holders() -> list[Holder]:
    """Every room in a settled order."""
    return [_holders[name] for name in sorted(_holders)]


def holder_called(name: str) -> Holder:
    """The room of this name; KeyError where there is none."""
    return _holders[name]


def told(lines: Iterable[tuple[str, str, str, str]], *, of: str) -> list[Item]:
    """Items of (heading, label, words, doubt). Their keys are made of headings and labels and never of words, so that what
    was decided about one holds when another is added."""
    return list(_keyed(lines, of))


def _keyed(lines: Iterable[tuple[str, str, str, str]], of: str) -> Iterator[Item]:
    times: dict[tuple[str, str], int] = {}
    for heading, label, words, doubt in lines:
        times[heading, label] = times.get((heading, label), 0) + 1
        named = "\n".join((of, heading, label, str(times[heading, label])))
        key = hmac.digest(settings.INDEX_KEY.encode(), named.encode(), "sha256").hex()[:16]
        yield Item(key=key, label=label, words=words, heading=heading, doubt=doubt)
