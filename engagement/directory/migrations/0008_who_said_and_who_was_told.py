"""Let a keeper say that a session is off, several dates be said at once, and it be known who was told; leaving deletes."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def forget_those_who_left(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("directory", "Listener").objects.filter(ended_at__isnull=False).delete()


def keeper_field() -> models.ForeignKey:
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name="+",
        to="directory.keeper",
    )


class Migration(migrations.Migration):
    dependencies = [("directory", "0007_kept_from_outside")]

    operations = [
        *(
            migrations.AddField(model, name, keeper_field())
            for model in ("sessionchange", "hoursexception")
            for name in ("made_by_keeper", "undone_by_keeper")
        ),
        migrations.AddField("sessionchange", "together", models.UUIDField(blank=True, null=True)),
        migrations.AddField("sessionchange", "told_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("sessionchange", "undo_told_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddIndex("sessionchange", models.Index(fields=["together"], name="change_together")),
        migrations.RunPython(forget_those_who_left, migrations.RunPython.noop, elidable=True),
        migrations.RemoveConstraint("listener", "listens_once"),
        migrations.RemoveField("listener", "ended_at"),
        migrations.AddConstraint(
            "listener", models.UniqueConstraint(fields=["activity", "email"], name="listens_once")
        ),
    ]
