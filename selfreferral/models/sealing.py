"""How a sealed column knows its place, and the shape that every row of this room has."""

import uuid

from django.db import models

from portal.audit.appended import Kept


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


class Appended(Row, Kept):
    """A row of history in this room."""

    class Meta:
        abstract = True
