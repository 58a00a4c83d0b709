"""A closing knows the sessions that were called off with it, so that taking it back brings them back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0015_groups_and_people_to_ask")]

    operations = [
        migrations.AddField(
            model_name="hoursexception", name="together", field=models.UUIDField(blank=True, null=True)
        ),
    ]
