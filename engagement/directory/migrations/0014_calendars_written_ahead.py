"""Keeps each schedule as calendars write it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0014_a_moved_session_keeps_its_place")]

    operations = [
        migrations.CreateModel(
            name="CalendarText",
            fields=[
                (
                    "schedule",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="calendar_text",
                        serialize=False,
                        to="directory.schedule",
                    ),
                ),
                ("facts", models.CharField(max_length=64)),
                ("text", models.TextField(blank=True)),
            ],
        ),
    ]
