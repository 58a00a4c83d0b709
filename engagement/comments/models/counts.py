"""How many published comments stand in each square of the map, kept right by every change of a comment."""

from collections.abc import Iterable
from functools import reduce
from itertools import islice
from operator import add
from typing import Self

from django.db import connections, models
from django.db.models import F, Sum

from engagement.comments.map.cells import LEVELS_BELOW_ZOOM, point_at
from engagement.comments.map.clustering import Group
from engagement.comments.map.counting import FEELING_COLUMNS, Square, Tally
from portal.privacy import NoPersonalData

KEY = ("tile", "consultation_id", "theme_id", "cell")
COUNTED = (*FEELING_COLUMNS, "sum_x", "sum_y")
AT_ONCE = 400


class CellCountQuerySet(models.QuerySet["CellCount"]):
    """Ways to write and read counts."""

    def add(self, squares: Iterable[tuple[Square, Tally]]) -> int:
        """Add these to what is counted already, and leave no row where nothing is left; answers how many rows."""
        rest, written = iter(squares), 0
        while batch := list(islice(rest, AT_ONCE)):
            self._add(batch)
            written += len(batch)
        return written

    def _add(self, batch: list[tuple[Square, Tally]]) -> None:
        """One statement, the same on SQLite and PostgreSQL; the ORM's own cannot add to what is there."""
        connection = connections[self.db]
        table = connection.ops.quote_name(self.model._meta.db_table)
        row = f"({', '.join(['%s'] * len(KEY + COUNTED))})"
        sql = (
            f"INSERT INTO {table} ({', '.join(KEY + COUNTED)}) VALUES {', '.join([row] * len(batch))} "  # noqa: S608
            f"ON CONFLICT ({', '.join(KEY)}) DO UPDATE SET "
            + ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in COUNTED)
        )
        values = [value for square, tally in batch for value in (*square, *tally.feelings, tally.sum_x, tally.sum_y)]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
        emptied = {square.tile for square, tally in batch if min(tally.feelings) < 0}
        if emptied:
            self.filter(tile__in=emptied, **dict.fromkeys(FEELING_COLUMNS, 0)).delete()

    def of(self, consultations: Iterable[int], *, theme: str) -> Self:
        """Counts of these consultations and, where a theme is named, of that alone."""
        from engagement.comments.models.consultations import Theme

        found = self.filter(consultation__in=consultations)
        return found.filter(theme_id__in=Theme.objects.filter(slug=theme).values("pk")) if theme else found

    def under(self, tiles: Iterable[int]) -> Self:
        """Squares in these tiles, of the level that is counted under them."""
        return self.filter(tile__in=tiles)

    def of_level(self, level: int) -> Self:
        """All squares of a level; for the first levels, which have few."""
        first = 1 << 2 * (level - LEVELS_BELOW_ZOOM)
        return self.filter(tile__range=(first, 2 * first - 1))

    def groups(self, *, feeling: str) -> list[Group]:
        """One group for each square that has such comments; of one feeling the middle is that of all feelings."""
        everybody = reduce(add, map(F, FEELING_COLUMNS))
        found = self.values("cell").annotate(
            wanted=Sum(feeling or everybody), everybody=Sum(everybody), x=Sum("sum_x"), y=Sum("sum_y")
        )
        return [
            Group(cell, wanted, *point_at(x / count + 0.5, y / count + 0.5))
            for cell, wanted, count, x, y in found.values_list("cell", "wanted", "everybody", "x", "y").order_by("cell")
            if wanted
        ]


class CellCount(models.Model):
    """Published comments of one consultation and theme in one square of one zoom, by feeling, with the sum of their points.

    `tile` and `cell` are numbers of the one grid (see `cells`): both say their own level, so that one index serves all.
    Sums are of the columns and rows of the deepest squares, so that a mean is where the middle of the comments is.
    """

    tile = models.BigIntegerField()
    cell = models.BigIntegerField()
    consultation = models.ForeignKey("comments.Consultation", on_delete=models.CASCADE, related_name="+")
    # 0 where no theme was chosen: a null would not be unique.
    theme_id = models.PositiveIntegerField(default=0)
    good = models.IntegerField(default=0)
    needs_work = models.IntegerField(default=0)
    idea = models.IntegerField(default=0)
    memory = models.IntegerField(default=0)
    hope = models.IntegerField(default=0)
    not_said = models.IntegerField(default=0)
    sum_x = models.BigIntegerField(default=0)
    sum_y = models.BigIntegerField(default=0)

    objects = CellCountQuerySet.as_manager()
    personal_data = NoPersonalData(because="it counts what everybody can read")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tile", "consultation", "theme_id", "cell"], name="comments_one_count_a_square"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cell}"
