"""Where and when have moved out of activities; every entry has its own number for other programs."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0004_rules_become_schedules'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='activity',
            name='ends_at',
        ),
        migrations.RemoveField(
            model_name='activity',
            name='recurrence',
        ),
        migrations.RemoveField(
            model_name='activity',
            name='starts_at',
        ),
        migrations.RemoveField(
            model_name='activity',
            name='starts_on',
        ),
        migrations.RemoveField(
            model_name='activity',
            name='venue',
        ),
        migrations.RemoveField(
            model_name='sessionchange',
            name='activity',
        ),
        migrations.AlterField(
            model_name='activity',
            name='public_id',
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AlterField(
            model_name='venue',
            name='public_id',
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AlterField(
            model_name='sessionchange',
            name='schedule',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='directory.schedule'),
        ),
        migrations.AddConstraint(
            model_name='sessionchange',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('schedule', 'session_on'), name='one_live_change_a_session'),
        ),
    ]
