"""Gives every comment that has a pin its square of the map, and counts what is published in every square."""

from typing import Any

from django.db import migrations

from engagement.comments.map.cells import cell_of
from engagement.comments.map.counting import FEELING_COLUMNS, Standing, from_scratch
from portal.geo.coordinates import Point


def give_squares(apps: Any, schema_editor: Any) -> None:
    comments = apps.get_model("comments", "PlaceComment").objects.filter(latitude__isnull=False, cell__isnull=True)
    for comment in comments.only("latitude", "longitude").iterator():
        comment.cell = cell_of(Point(comment.latitude, comment.longitude))
        comment.save(update_fields=["cell"])


def count(apps: Any, schema_editor: Any) -> None:
    counts = apps.get_model("comments", "CellCount")
    published = apps.get_model("comments", "PlaceComment").objects.filter(status="published", cell__isnull=False)
    rows = published.order_by("cell").values_list("consultation_id", "theme_id", "feeling", "cell")
    counts.objects.all().delete()
    counts.objects.bulk_create(
        (
            counts(
                **square._asdict(),
                **dict(zip(FEELING_COLUMNS, tally.feelings, strict=True)),
                sum_x=tally.sum_x,
                sum_y=tally.sum_y,
            )
            for square, tally in from_scratch(Standing(row[0], row[1] or 0, *row[2:]) for row in rows.iterator())
        ),
        batch_size=80,
    )


class Migration(migrations.Migration):
    dependencies = [("comments", "0010_actions_that_answer")]

    operations = [
        migrations.RunPython(give_squares, migrations.RunPython.noop),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
