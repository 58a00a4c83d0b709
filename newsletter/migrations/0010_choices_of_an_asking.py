"""What was chosen with an asking waits there until the asking is confirmed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0009_weekly_mail")]

    operations = [
        migrations.AddField(
            model_name="consent",
            name="choices",
            field=models.JSONField(
                default=dict, help_text="What was chosen with the asking; it counts from when that is confirmed."
            ),
        ),
    ]
