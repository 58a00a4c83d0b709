"""Keeps paper that was set where every process finds it, and lets one at a time set the same.

Where nothing can be kept (the disk is full, Redis is away or full) each paper is set anew for whoever asks.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from django.core.cache import BaseCache, caches

KEPT_FOR = 60 * 60 * 24 * 7
# Longer than the largest paper takes to set; after a crash another may set it then.
LOCKED_FOR = 60 * 2


@dataclass(frozen=True)
class Facts:
    """How many pages a file has, and how many bytes."""

    pages: int
    size: int


@dataclass(frozen=True)
class Printed:
    """A paper as a file."""

    content: bytes
    pages: int


class IsBeingSet(Exception):
    """Somebody else has this paper set at the moment."""


def found(key: str) -> Printed | None:
    """The file where it was set before."""
    return _kept(f"paper:{key}")


def facts_of(key: str) -> Facts | None:
    """Its pages and its size where it was set before, without opening it."""
    return _kept(f"paper-facts:{key}")


def keep(key: str, printed: Printed) -> None:
    with suppress(OSError):
        _shelf().set(f"paper:{key}", printed, KEPT_FOR)
        _shelf().set(f"paper-facts:{key}", Facts(printed.pages, len(printed.content)), KEPT_FOR)


@contextmanager
def alone(key: str) -> Iterator[None]:
    """Only one at a time may set this paper; all others are refused, so that none of them waits."""
    lock = f"paper-lock:{key}"
    # A Redis that is away answers neither yes nor no.
    is_taken = False
    with suppress(OSError):
        is_taken = _shelf().add(lock, 1, LOCKED_FOR) is False
    if is_taken:
        raise IsBeingSet
    try:
        yield
    finally:
        with suppress(OSError):
            _shelf().delete(lock)


def _kept(name: str) -> Any:
    with suppress(OSError):
        return _shelf().get(name)
    return None


def _shelf() -> BaseCache:
    return caches["paper"]
