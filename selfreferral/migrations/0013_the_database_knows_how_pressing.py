"""Lets the database say how pressing a referral is, and puts whoever came first before others who are due at the same time."""

from typing import Any

from django.conf import settings
from django.db import migrations, models

HELD = ["active", "contacting", "door_open", "new", "screening", "talking", "waiting"]
BEFORE_FIRST_TALK = ["contacting", "new", "screening"]


def rank_by_hand(apps: Any, schema_editor: Any) -> None:
    """On the way back: the column holds again what was worked out for it."""
    referrals = apps.get_model("selfreferral", "Referral").objects
    referrals.update(rank=2)
    referrals.exclude(state__in=HELD).update(rank=3)
    referrals.filter(state__in=BEFORE_FIRST_TALK, first_contact_at=None).update(rank=1)
    referrals.filter(state__in=HELD, wrote_at__isnull=False).update(rank=1)
    referrals.filter(state__in=HELD, says_danger=True, first_contact_at=None).update(rank=0)
    referrals.filter(state__in=HELD, is_urgent=True).update(rank=0)


class Migration(migrations.Migration):
    dependencies = [
        ("selfreferral", "0012_they_can_come_by_themselves"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(model_name="referral", name="referral_queue"),
        migrations.RemoveIndex(model_name="referral", name="referral_queue_by_state"),
        migrations.RemoveIndex(model_name="referral", name="referral_queue_by_owner"),
        migrations.RunPython(migrations.RunPython.noop, rank_by_hand),
        migrations.RemoveField(model_name="referral", name="rank"),
        migrations.AddField(
            model_name="referral",
            name="rank",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(models.Q(("state__in", HELD), _negated=True), then=models.Value(3)),
                    models.When(
                        models.Q(
                            ("is_urgent", True),
                            models.Q(("first_contact_at__isnull", True), ("says_danger", True)),
                            _connector="OR",
                        ),
                        then=models.Value(0),
                    ),
                    models.When(
                        models.Q(
                            ("wrote_at__isnull", False),
                            models.Q(("first_contact_at__isnull", True), ("state__in", BEFORE_FIRST_TALK)),
                            _connector="OR",
                        ),
                        then=models.Value(1),
                    ),
                    default=models.Value(2),
                ),
                help_text="How pressing; see selfreferral.queue.pressing.",
                output_field=models.PositiveSmallIntegerField(),
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["rank", "due_at", "received_at", "id"], name="referral_queue"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["state", "rank", "due_at", "received_at", "id"], name="referral_queue_by_state"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["owner", "rank", "due_at", "received_at", "id"], name="referral_queue_by_owner"),
        ),
    ]
