"""When a keeper was asked whether all is right, when they asked for a new link, and when they heard what became of a wish."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0008_who_said_and_who_was_told"),
    ]

    operations = [
        migrations.AddField(
            model_name="keeper",
            name="link_sent_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="keeper",
            name="reminded_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="proposedchange",
            name="told_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
