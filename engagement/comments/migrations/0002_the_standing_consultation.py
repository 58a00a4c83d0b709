"""Makes the village's own conversation, which is always there."""

from typing import Any

from django.db import migrations


def make(apps: Any, schema_editor: Any) -> None:
    apps.get_model("comments", "Consultation").objects.get_or_create(
        is_standing=True,
        defaults={
            "slug": "have-your-say",
            "name": "Have your say",
            "question": "What is good here? What needs work? What would you like to see?",
            "is_listed": True,
            "is_open": True,
        },
    )


class Migration(migrations.Migration):
    dependencies = [("comments", "0001_first_tables")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
