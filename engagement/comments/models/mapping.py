"""Ways to choose comments by where they are: for the map, for a part of it, and for counting what stands on it."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Self

from django.db import connections, models
from django.db.models import F, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Left

from engagement.comments.map.bounds import Bounds
from engagement.comments.map.cells import DEEPEST, squares_within
from engagement.comments.map.clustering import ranges_over, runs
from engagement.comments.map.counting import Standing
from engagement.comments.models.actions import Action
from engagement.comments.models.consultations import Theme
from engagement.comments.workflow import Status

if TYPE_CHECKING:
    from engagement.comments.models.comments import PlaceComment  # noqa: F401 - named in a type

READ_AT_ONCE = 5000
FIRST_LETTERS = 120
PIN = ("cell", "latitude", "longitude", "reference", "feeling")


def progress() -> models.Subquery:
    """How far the published action has come of which something was last told; none without one."""
    actions = Action.objects.published().filter(comments=OuterRef("pk")).newest_first()
    return models.Subquery(actions.values("status")[:1])


class MapWords(models.QuerySet["PlaceComment"]):
    """What a map asks for."""

    def with_pin(self) -> Self:
        return self.filter(cell__isnull=False)

    def within(self, bounds: Bounds) -> Self:
        """Comments in a rectangle or on its edge: found by the squares over it, and then exactly."""
        return self._between(ranges_over(bounds)).filter(
            latitude__range=(bounds.south, bounds.north), longitude__range=(bounds.west, bounds.east)
        )

    def standing_in(self, cells: Iterable[int]) -> Self:
        """Comments in any of these squares, of whichever level."""
        return self._between(runs(squares_within(cell) for cell in cells))

    def few_in(self, cells: Iterable[int]) -> Self:
        """Published comments in squares that are known to hold few, found square by square however many others there are.

        Asked for many ranges at once, SQLite would rather walk through all that is published; PostgreSQL knows better.
        """
        ranges = runs(squares_within(cell) for cell in cells)
        connection = connections[self.db]
        if connection.vendor != "sqlite":
            return self._between(ranges)
        table = connection.ops.quote_name(self.model._meta.db_table)
        sql = (
            f"WITH here(first, last) AS (VALUES {', '.join(['(%s, %s)'] * len(ranges))}) "  # noqa: S608
            f"SELECT there.id FROM here CROSS JOIN {table} AS there "
            "WHERE there.status = %s AND there.cell BETWEEN here.first AND here.last"
        )
        values = [*(edge for one in ranges for edge in one), Status.PUBLISHED.value]
        return self.filter(pk__in=RawSQL(sql, values)) if ranges else self.none()  # noqa: S611 - nothing typed is in it

    def _between(self, ranges: list[tuple[int, int]]) -> Self:
        anywhere = Q()
        for first, last in ranges:
            anywhere |= Q(cell__range=(first, last))
        return self.filter(anywhere) if ranges else self.none()

    def squares(self, level: int) -> Iterator[tuple[int, int, float, float]]:
        """How many are in each square of a level, and the middle of them: square, count, latitude, longitude."""
        found = self.with_pin().order_by().values(square=F("cell").bitrightshift(2 * (DEEPEST - level)))
        middle = {"north": models.Avg("latitude"), "east": models.Avg("longitude")}
        for row in found.annotate(size=models.Count("pk"), **middle).iterator():
            yield row["square"], row["size"], row["north"], row["east"]

    def for_map(self) -> models.QuerySet[Any, dict[str, Any]]:
        """What a pin says, without the cost of whole comments; `action` is how far the newest published action is."""
        return (
            self.with_pin()
            .annotate(start=Left("words", FIRST_LETTERS), action=progress())
            .order_by("cell", "pk")
            .values(*PIN, "theme__slug", "start", "is_example", "action")
        )

    def pins(self) -> models.QuerySet[Any, dict[str, Any]]:
        """Where pins stand, and no word of what they say."""
        return self.with_pin().order_by("cell", "pk").values(*PIN)

    def of_theme(self, theme: Theme) -> Self:
        return self.filter(theme=theme)

    def standings(self) -> Iterator[Standing]:
        """Where each counts, in the order of the squares."""
        rows = self.with_pin().order_by("cell").values_list("consultation_id", "theme_id", "feeling", "cell")
        for consultation_id, theme_id, feeling, cell in rows.iterator(chunk_size=READ_AT_ONCE):
            yield Standing(consultation_id, theme_id or 0, feeling, cell or 0)
