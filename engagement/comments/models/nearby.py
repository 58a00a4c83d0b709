"""Ways to choose comments by the squares of the one grid in which their pins stand."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from engagement.comments.models.consultations import Consultation

if TYPE_CHECKING:
    from engagement.comments.models.comments import PlaceComment  # noqa: F401 - named in a type


class NearbyWords(models.QuerySet["PlaceComment"]):
    """What somebody asks for who looks around one place."""

    def of(self, consultation: Consultation) -> Self:
        return self.filter(consultation=consultation)

    def in_squares(self, ranges: Iterable[tuple[int, int]]) -> Self:
        """Comments whose pins stand in these ranges of deepest squares; each range is one short walk of the index."""
        inside = Q()
        for first, last in ranges:
            inside |= Q(cell__range=(first, last))
        return self.filter(inside)

    def without_a_pin(self) -> Self:
        return self.filter(cell__isnull=True)
