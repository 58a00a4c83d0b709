"""Says of each hold whether it is a restriction, which until now was told by how its reason began."""

from typing import Any

from django.db import migrations, models
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

PREFIX = "Not to be used: "


def take_the_kind_from_the_words(apps: Any, schema_editor: Any) -> None:
    """After the beginning came the reference of the request."""
    holds = apps.get_model("privacy", "LegalHold").objects.using(schema_editor.connection.alias)
    holds.filter(reason__startswith=PREFIX).update(kind="restriction", reason=Substr("reason", len(PREFIX) + 1))


def put_it_back_into_the_words(apps: Any, schema_editor: Any) -> None:
    holds = apps.get_model("privacy", "LegalHold").objects.using(schema_editor.connection.alias)
    holds.filter(kind="restriction").update(reason=Concat(Value(PREFIX), F("reason")))


class Migration(migrations.Migration):

    dependencies = [
        ('privacy', '0002_warnings_counts_and_certificates'),
    ]

    operations = [
        migrations.AddField(
            model_name='legalhold',
            name='kind',
            field=models.CharField(choices=[('hold', 'Kept beyond its time'), ('restriction', 'Not to be used for now')], default='hold', max_length=11),
        ),
        migrations.RunPython(take_the_kind_from_the_words, put_it_back_into_the_words),
    ]
