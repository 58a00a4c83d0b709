"""Calls organisations and contacts what staff call them: groups, and people to ask."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("directory", "0014_calendars_written_ahead")]

    operations = [
        migrations.AlterModelOptions(
            name="organisation", options={"ordering": ["name", "pk"], "verbose_name": "group"}
        ),
        migrations.AlterModelOptions(
            name="contact",
            options={
                "ordering": ["name", "pk"],
                "verbose_name": "person to ask",
                "verbose_name_plural": "people to ask",
            },
        ),
    ]
