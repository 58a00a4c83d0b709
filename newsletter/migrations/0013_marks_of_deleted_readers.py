"""Marks that outlive an erasure, so that no old list brings back who was deleted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0012_mark_of_who_left")]

    operations = [
        migrations.CreateModel(
            name="GoneMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.CharField(max_length=64, unique=True)),
                ("gone_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "mark of a deleted reader",
                "verbose_name_plural": "marks of deleted readers",
                "default_permissions": (),
            },
        ),
    ]
