"""How many published comments stand in each square of the map, kept right by every change of a comment."""

from django.db import models

from portal.privacy import NoPersonalData


class CellCount(models.Model):
    """Published comments of one consultation and theme in one square of one zoom, by feeling, with the sum of their points.

    `tile` and `cell` are numbers of the one grid (see `cells`): both say their own level, so that one index serves all.
    Sums are of the two halves of the deepest cell number, so that a mean is where the middle of the comments is.
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

    personal_data = NoPersonalData(because="it counts what everybody can read")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tile", "consultation", "theme_id", "cell"], name="comments_one_count_a_square"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cell}"
