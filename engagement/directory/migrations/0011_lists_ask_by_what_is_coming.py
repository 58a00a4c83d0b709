"""Indexes by which a list finds what is open, what comes next and what nobody has checked, without reading everything."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0010_each_mail_is_counted")]

    operations = [
        migrations.RemoveIndex("venue", "venue_by_check"),
        migrations.AddIndex(
            "venue", models.Index(fields=["is_listed", "checked_at", "added_at"], name="venue_by_check")
        ),
        migrations.AddIndex(
            "activity", models.Index(fields=["is_listed", "checked_at", "added_at"], name="activity_by_check")
        ),
        migrations.RemoveIndex("opening", "opening_of_venue"),
        migrations.AddIndex(
            "opening",
            models.Index(fields=["venue", "is_certain", "closes_at", "opens_at"], name="opening_of_venue"),
        ),
        migrations.AddIndex("opening", models.Index(fields=["is_certain", "opens_at"], name="opening_soonest")),
        migrations.AddIndex("comingsession", models.Index(fields=["starts_at", "over_at"], name="coming_soonest")),
    ]
