"""Makes room for the canary: a sealed sentence of ours, by which wrong keys are noticed from the first moment."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("selfreferral", "0009_find_the_next_try_and_the_nickname_at_once"),
    ]

    operations = [
        migrations.CreateModel(
            name="Canary",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("wrapped_key", models.BinaryField()),
                ("sealed_song", models.BinaryField()),
                ("mark", models.CharField(help_text="The same words under the key of the blind marks.", max_length=64)),
            ],
            options={
                "verbose_name": "canary of the keys",
                "verbose_name_plural": "canary of the keys",
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="canary",
            constraint=models.CheckConstraint(
                condition=models.Q(("id", uuid.UUID("00000000-0000-0000-0000-000000000001"))),
                name="there_is_one_canary",
            ),
        ),
    ]
