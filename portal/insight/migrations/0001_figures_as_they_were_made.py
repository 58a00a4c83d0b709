"""Counts of the figures of one time, as they were made."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("begins_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("exact", models.JSONField()),
                ("quarters", models.JSONField(default=list)),
                (
                    "definitions",
                    models.PositiveSmallIntegerField(help_text="By which definitions of the figures it was made."),
                ),
                (
                    "digest",
                    models.CharField(help_text="Of everything above, so that a change is seen.", max_length=64),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "count of the figures",
                "verbose_name_plural": "counts of the figures",
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("begins_on__lte", models.F("ends_on"))),
                        name="snapshot_begins_before_it_ends",
                    )
                ],
            },
        )
    ]
