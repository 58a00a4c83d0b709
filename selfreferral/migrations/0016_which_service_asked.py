"""A list of kinds of service, and which of them asked for somebody."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

FIRST = (
    "Police",
    "Doctor's surgery",
    "Adult social care",
    "Mental health service",
    "Drug and alcohol service",
    "Housing",
    "School or college",
    "Children's services",
    "Job centre",
    "Probation",
    "Fire and rescue",
    "Charity or community group",
    "Another team of the council",
)


def name_the_first(apps: Any, schema_editor: Any) -> None:
    """Staff change them as they like; one that is there already stays."""
    source = apps.get_model("selfreferral", "ReferralSource")
    for number, name in enumerate(FIRST, start=1):
        source.objects.get_or_create(name=name, defaults={"position": 10 * number})


class Migration(migrations.Migration):
    dependencies = [("selfreferral", "0015_what_people_think_of_our_help")]

    operations = [
        migrations.CreateModel(
            name="ReferralSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="A kind of service, such as “Doctor's surgery”.", max_length=60, unique=True
                    ),
                ),
                ("is_offered", models.BooleanField(default=True, verbose_name="offer it to the team")),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=100, help_text="Those with a lower number come first."),
                ),
            ],
            options={
                "verbose_name": "service that sends people",
                "verbose_name_plural": "services that send people",
                "ordering": ["position", "name"],
                "default_permissions": ("add", "change"),
            },
        ),
        migrations.AddField(
            model_name="referral",
            name="came_from",
            field=models.ForeignKey(
                blank=True,
                help_text="The kind of service that asked, as a worker here wrote it down for the figures.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="selfreferral.referralsource",
            ),
        ),
        migrations.RunPython(name_the_first, migrations.RunPython.noop),
    ]
