"""Lets a request for help come from a comment about a place."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("selfreferral", "0001_first_tables")]

    operations = [
        migrations.AlterField(
            model_name="referral",
            name="source",
            field=models.CharField(
                choices=[
                    ("self", "the person themselves"),
                    ("family_or_friend", "family or a friend"),
                    ("worker", "somebody who works with them"),
                    ("comment", "a comment about a place, with its author's leave"),
                ],
                max_length=16,
            ),
        )
    ]
