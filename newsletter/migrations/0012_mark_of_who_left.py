"""A keyed hash of a deleted address, so that no old list brings back who left."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0011_join_in_and_plain_text")]

    operations = [
        migrations.AddField(
            model_name="subscriber",
            name="left_mark",
            field=models.CharField(
                blank=True,
                db_index=True,
                default="",
                help_text="Of a deleted address: a keyed hash, so that no old list brings back who left.",
                max_length=64,
            ),
            preserve_default=False,
        ),
    ]
