"""Moves where and when each activity takes place into a schedule, with what was said about its dates; and back."""

from typing import Any
from uuid import uuid4

from django.db import migrations

MOVED = ("venue_id", "recurrence", "starts_on", "starts_at", "ends_at")


def rules_become_schedules(apps: Any, schema_editor: Any) -> None:
    for name in ("Venue", "Activity"):
        for entry in apps.get_model("directory", name).objects.filter(public_id=None).only("pk").iterator():
            entry.public_id = uuid4()
            entry.save(update_fields=["public_id"])
    change = apps.get_model("directory", "SessionChange")
    schedule = apps.get_model("directory", "Schedule")
    for activity in apps.get_model("directory", "Activity").objects.iterator():
        made = schedule.objects.create(activity=activity, **{name: getattr(activity, name) for name in MOVED})
        change.objects.filter(activity=activity).update(schedule=made)


def schedules_become_rules(apps: Any, schema_editor: Any) -> None:
    """An activity keeps the first of its schedules; what was said about another's dates has no place then."""
    change = apps.get_model("directory", "SessionChange")
    for activity in apps.get_model("directory", "Activity").objects.iterator():
        first = activity.schedules.order_by("position", "pk").first()
        if first is None:
            activity.delete()
            continue
        for name in MOVED:
            setattr(activity, name, getattr(first, name))
        activity.save(update_fields=[name.removesuffix("_id") for name in MOVED])
        change.objects.filter(schedule=first).exclude(kind="moved").update(activity=activity)
    change.objects.filter(activity=None).delete()


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_entries_say_more")]

    operations = [migrations.RunPython(rules_become_schedules, schedules_become_rules)]
