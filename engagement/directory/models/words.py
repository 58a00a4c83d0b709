"""How an entry is found by words that somebody types: it must hold every one of them, somewhere."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q

MOST_WORDS = 8
Found = TypeVar("Found", bound=models.QuerySet[Any])


def with_every_word(entries: Found, query: str, holds: Callable[[str], Q]) -> Found:
    """Those entries that hold each of the first few words; `holds` says where a word may stand."""
    for word in query.split()[:MOST_WORDS]:
        entries = entries.filter(holds(word))
    return entries
