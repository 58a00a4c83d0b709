"""Gives every comment that has a pin its square of the map."""

from typing import Any

from django.db import migrations

from engagement.comments.cells import cell_of
from portal.geo.coordinates import Point


def give_squares(apps: Any, schema_editor: Any) -> None:
    comments = apps.get_model("comments", "PlaceComment").objects.filter(latitude__isnull=False, cell__isnull=True)
    for comment in comments.only("latitude", "longitude").iterator():
        comment.cell = cell_of(Point(comment.latitude, comment.longitude))
        comment.save(update_fields=["cell"])


class Migration(migrations.Migration):
    dependencies = [("comments", "0010_actions_that_answer")]

    operations = [migrations.RunPython(give_squares, migrations.RunPython.noop)]
