"""Whoever leaves in a hurry does not wait for a busy database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def waiting_at_most(seconds: float) -> Iterator[None]:
    """Within this, a lock that somebody else holds is waited for no longer than this; then it is an OperationalError."""
    with connection.cursor() as cursor:
        shorter, before = _ways(connection.vendor, round(seconds * 1000))
        if not before:
            cursor.execute("PRAGMA busy_timeout")
            before = f"PRAGMA busy_timeout = {cursor.fetchone()[0]}"
        cursor.execute(shorter)
        try:
            yield
        finally:
            cursor.execute(before)


def _ways(vendor: str, milliseconds: int) -> tuple[str, str]:
    """How to say it, and how to take it back where that is always the same."""
    if vendor == "sqlite":
        return f"PRAGMA busy_timeout = {milliseconds}", ""
    return f"SET lock_timeout = {milliseconds}", "RESET lock_timeout"
