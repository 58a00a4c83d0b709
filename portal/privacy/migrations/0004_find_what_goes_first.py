"""What goes soon is listed page by page, in the order in which it was announced."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("privacy", "0003_restrictions_are_a_kind_of_hold")]

    operations = [
        migrations.AddIndex(
            model_name="announcement",
            index=models.Index(fields=["announced_at"], name="announced_by_day"),
        )
    ]
