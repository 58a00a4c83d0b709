"""What a process that goes on for weeks does with memory that it has used once."""

import ctypes
from contextlib import suppress
from typing import Any

# glibc's numbers for it (malloc.h). As many heaps as there are threads that work at the same moment; and what is larger than
# this, such as a picture, is given back as soon as it is free, however large the one before was.
M_ARENA_MAX, HEAPS = -8, 2
M_MMAP_THRESHOLD, LARGE = -3, 256 * 1024


def share_heaps() -> None:
    """Each thread would get a heap of its own, which keeps for itself what it needed once."""
    _ask("mallopt", M_ARENA_MAX, HEAPS)
    _ask("mallopt", M_MMAP_THRESHOLD, LARGE)


def give_back() -> None:
    """Return what is free to the system, after something large; it takes some milliseconds."""
    _ask("malloc_trim", 0)


def _ask(name: str, *values: int) -> None:
    """With another C library than glibc nothing changes."""
    with suppress(OSError, AttributeError, TypeError):
        work: Any = getattr(ctypes.CDLL(None), name)
        work(*values)
