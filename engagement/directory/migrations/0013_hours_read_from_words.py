from django.db import migrations, models

import engagement.directory.models.venue


class Migration(migrations.Migration):
    dependencies = [("directory", "0012_what_merging_moved")]

    operations = [
        migrations.AddField(
            model_name="venue",
            name="hours_proposed",
            field=models.CharField(
                blank=True, max_length=500, validators=[engagement.directory.models.venue.readable_hours]
            ),
        ),
    ]
