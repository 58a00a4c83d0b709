"""The shape of every row of history, in whichever room: added once, never edited."""

from typing import Any

from django.db import models


class Appended(models.Model):
    """A row that is stored once and stays as it was stored."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("History is appended, never edited.")
        super().save(*args, **kwargs)


class Kept(Appended):
    """A row of history that does not leave by itself either; what it tells of may go, as its room says."""

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("History is appended, never deleted.")
