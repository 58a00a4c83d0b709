"""A venue to which a session was moved cannot be deleted under it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0013_hours_read_from_words")]

    operations = [
        migrations.AlterField(
            model_name="sessionchange",
            name="moved_venue",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="directory.venue",
            ),
        ),
    ]
