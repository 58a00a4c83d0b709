"""How a sealed column knows its place, and the shape that every row of this room has."""

import uuid
from typing import Any

from django.db import models


def place(row: models.Model, part: str = "") -> str:
    """Where something is sealed: the table, the row and the part of it. Copied anywhere else it does not open."""
    return f"{row._meta.label_lower}:{row.pk}:{part}"


class Row(models.Model):
    """A row of this room: its number is random and known before it is stored, so that words can be sealed to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    # Wagtail would copy what points where into a table of its own.
    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True


class Appended(Row):
    """A row of history: added once, never edited and never deleted by itself."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("History is appended, never edited.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("History is appended, never deleted.")
