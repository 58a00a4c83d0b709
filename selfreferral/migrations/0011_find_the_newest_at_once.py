"""An index by which the newest referrals are found: the keys are tried on them before another is taken."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("selfreferral", "0010_a_canary_that_shows_wrong_keys"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["-received_at"], name="referral_newest"),
        ),
    ]
