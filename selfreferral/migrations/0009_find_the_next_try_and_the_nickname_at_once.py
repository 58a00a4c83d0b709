"""Indexes by which the queue finds whom to try again today, and whom the office calls by two words."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('selfreferral', '0008_sharing_with_partners_and_erasing'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(condition=models.Q(('next_try_on__isnull', False)), fields=['next_try_on', 'id'], name='referral_next_try'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(fields=['nickname'], name='referral_by_nickname'),
        ),
    ]
