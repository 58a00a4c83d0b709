"""What readers by post may choose: a copy in large print, and another address that staff look at first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0014_say_which_kind_a_field_is_for")]

    operations = [
        migrations.AddField(
            model_name="subscriber",
            name="new_postal_address",
            field=models.TextField(
                blank=True,
                default="",
                help_text="Where somebody moved who has it posted, until staff have looked at it.",
                max_length=300,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="subscriber",
            name="wants_large_print",
            field=models.BooleanField(
                default=False, help_text="Of the copy that is posted.", verbose_name="large print"
            ),
        ),
    ]
