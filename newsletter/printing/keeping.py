"""Keeps paper that was set where every process finds it, and lets one at a time set the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.cache import BaseCache, caches

KEPT_FOR = 60 * 60 * 24 * 7
# Longer than the largest issue takes to set; after a crash another may set it then.
LOCKED_FOR = 60 * 2


@dataclass(frozen=True)
class Facts:
    """How many pages a file has, and how many bytes."""

    pages: int
    size: int


@dataclass(frozen=True)
class Printed:
    """One edition as a file."""

    content: bytes
    pages: int


class IsBeingSet(Exception):
    """Somebody else has this paper set at the moment."""


def found(key: str) -> Printed | None:
    """The file where it was set before."""
    kept: Printed | None = _shelf().get(f"newspaper:{key}")
    return kept


def facts_of(key: str) -> Facts | None:
    """Its pages and its size where it was set before, without opening it."""
    known: Facts | None = _shelf().get(f"newspaper-facts:{key}")
    return known


def keep(key: str, printed: Printed) -> None:
    _shelf().set(f"newspaper:{key}", printed, KEPT_FOR)
    _shelf().set(f"newspaper-facts:{key}", Facts(printed.pages, len(printed.content)), KEPT_FOR)


@contextmanager
def alone(key: str) -> Iterator[None]:
    """Only one at a time may set this paper; all others are refused, so that none of them waits."""
    lock = f"newspaper-lock:{key}"
    if not _shelf().add(lock, 1, LOCKED_FOR):
        raise IsBeingSet
    try:
        yield
    finally:
        _shelf().delete(lock)


def _shelf() -> BaseCache:
    return caches["paper"]
