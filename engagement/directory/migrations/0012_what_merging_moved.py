"""Remembers what making one entry of two moved and changed, so that it can be undone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0011_lists_ask_by_what_is_coming"),
    ]

    operations = [
        migrations.AddField(
            model_name="likeness",
            name="put_back",
            field=models.JSONField(blank=True, default=dict, help_text="What merging moved and changed, to undo it."),
        ),
    ]
