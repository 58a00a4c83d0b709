"""Where the generation of each table lies: in a small file that a machine's processes share, or in Redis beyond one machine."""

import logging
import mmap
import os
import secrets
import zlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache

log = logging.getLogger(__name__)
SLOTS, WIDTH = 1024, 8
UNKNOWN = b""


class Generations(Protocol):
    """Tells and renews generations; an unknown one is never the same as any other."""

    def of(self, table: str) -> bytes: ...

    def are(self, tables: Mapping[str, bytes]) -> bool:
        """Whether each table still has this generation."""
        ...

    def renew(self, tables: Iterable[str]) -> None: ...


class OnThisMachine:
    """A file mapped into the memory of every process: reading takes no call at all.

    Two tables may share a place in it; then what was made from the one is made anew for the other too.
    """

    def __init__(self, path: Path) -> None:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.fstat(handle).st_size < SLOTS * WIDTH:
                # Really written, for a place that a full disk does not have would end the process at its first use.
                os.pwrite(handle, bytes(SLOTS * WIDTH), 0)
            self.memory = mmap.mmap(handle, SLOTS * WIDTH)
        finally:
            os.close(handle)

    def of(self, table: str) -> bytes:
        place = _place(table)
        return self.memory[place : place + WIDTH]

    def are(self, tables: Mapping[str, bytes]) -> bool:
        return all(self.of(table) == generation for table, generation in tables.items())

    def renew(self, tables: Iterable[str]) -> None:
        for table in tables:
            place = _place(table)
            self.memory[place : place + WIDTH] = secrets.token_bytes(WIDTH)


class Nowhere:
    """Where no file can be had: nothing is ever known to be as it was."""

    def of(self, table: str) -> bytes:
        return UNKNOWN

    def are(self, tables: Mapping[str, bytes]) -> bool:
        return not tables

    def renew(self, tables: Iterable[str]) -> None:
        return None


class InCache:
    """Names in the cache that all machines share. While it is away no generation is known, and nothing that was kept is used."""

    def __init__(self, shared: BaseCache) -> None:
        self.shared = shared

    def of(self, table: str) -> bytes:
        name = f"generation:{table}"
        found: bytes | None = self.shared.get(name)
        if found is None:
            found = secrets.token_bytes(WIDTH)
            if not self.shared.add(name, found, timeout=None):
                found = self.shared.get(name, UNKNOWN)
        return found or UNKNOWN

    def are(self, tables: Mapping[str, bytes]) -> bool:
        found = self.shared.get_many([f"generation:{table}" for table in tables])
        return all(
            generation and found.get(f"generation:{table}") == generation for table, generation in tables.items()
        )

    def renew(self, tables: Iterable[str]) -> None:
        self.shared.set_many({f"generation:{table}": secrets.token_bytes(WIDTH) for table in tables}, timeout=None)


@cache
def _place(table: str) -> int:
    return zlib.crc32(table.encode()) % SLOTS * WIDTH


@cache
def generations() -> Generations:
    """The one place of this process."""
    if settings.CACHES["default"]["BACKEND"].startswith("django_redis."):
        return InCache(caches["default"])
    try:
        return OnThisMachine(settings.GENERATIONS)
    except OSError:
        log.warning("Nothing is kept ready: there is no room for the file that says what has changed.")
        return Nowhere()
