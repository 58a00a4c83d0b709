"""Lets history be searched by who did it and by what was done, each with its time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_seals_and_cuts"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["done_by", "done_at"], name="audit_by_doer"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["action", "done_at"], name="audit_by_action"),
        ),
    ]
