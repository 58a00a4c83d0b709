"""Makes room for those who want to hear, those who agree, and those who follow a place."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0005_what_is_shown_and_what_was_sent"), ("geo", "0001_first_tables")]

    operations = [
        migrations.CreateModel(
            name="Follower",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(max_length=254)),
                ("is_author", models.BooleanField(default=False)),
                ("asked_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Support",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("browser_hash", models.CharField(max_length=64)),
                ("supported_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(max_length=254)),
                ("words", models.CharField(max_length=120)),
                ("latitude", models.FloatField()),
                ("longitude", models.FloatField()),
                ("metres", models.PositiveSmallIntegerField(default=300)),
                (
                    "often",
                    models.CharField(
                        choices=[
                            ("daily", "Once a day, when there is something"),
                            ("weekly", "Once a week, when there is something"),
                        ],
                        default="weekly",
                        max_length=6,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("told_until", models.DateTimeField(help_text="What happened later has not been told yet.")),
                (
                    "named_place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="geo.namedplace",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AskedAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address_hash", models.CharField(max_length=64)),
                ("asked_on", models.DateField()),
                ("mails", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.AddConstraint(
            model_name="askedaddress",
            constraint=models.UniqueConstraint(
                fields=("address_hash", "asked_on"), name="comments_one_count_an_address_a_day"
            ),
        ),
        migrations.AddField(
            model_name="follower",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="followers", to="comments.placecomment"
            ),
        ),
        migrations.AddField(
            model_name="support",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="supports", to="comments.placecomment"
            ),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(fields=["often", "told_until"], name="comments_alerts_to_send"),
        ),
        migrations.AddConstraint(
            model_name="follower",
            constraint=models.UniqueConstraint(fields=("comment", "address"), name="comments_one_follower_an_address"),
        ),
        migrations.AddConstraint(
            model_name="support",
            constraint=models.UniqueConstraint(
                fields=("comment", "browser_hash"), name="comments_one_support_a_browser"
            ),
        ),
    ]
