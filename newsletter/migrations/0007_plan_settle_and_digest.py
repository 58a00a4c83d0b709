"""A sending may be planned, let through with a reason, weekly; a copy may be answered for by a provider or a person."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("newsletter", "0006_choices_of_readers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='campaign',
            name='digest_on',
            field=models.DateField(blank=True, help_text='The day of a weekly mail; empty for an issue.', null=True),
        ),
        migrations.AddField(
            model_name='campaign',
            name='overridden',
            field=models.JSONField(default=list, help_text='Findings of the accessibility gate that were let through.'),
        ),
        migrations.AddField(
            model_name='campaign',
            name='override_reason',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='campaign',
            name='seen_revision',
            field=models.PositiveIntegerField(blank=True, help_text='The revision that was looked at when this was planned.', null=True),
        ),
        migrations.AddField(
            model_name='campaign',
            name='segment',
            field=models.CharField(blank=True, help_text='Of a weekly mail: for which place and topics its words were made.', max_length=120),
        ),
        migrations.AddField(
            model_name='delivery',
            name='provider_id',
            field=models.CharField(blank=True, help_text='What the mail provider calls this copy.', max_length=120),
        ),
        migrations.AddField(
            model_name='delivery',
            name='settled_at',
            field=models.DateTimeField(blank=True, help_text='When a provider or a person said what became of it.', null=True),
        ),
        migrations.AddField(
            model_name='delivery',
            name='settled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='campaign',
            name='candidates',
            field=models.PositiveIntegerField(default=0, help_text='Confirmed readers at freezing: one ledger row each.'),
        ),
        migrations.AlterField(
            model_name='campaign',
            name='frozen_at',
            field=models.DateTimeField(blank=True, help_text='Empty while it is only planned.', null=True),
        ),
        migrations.AlterField(
            model_name='campaign',
            name='html',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='campaign',
            name='state',
            field=models.CharField(choices=[('planned', 'Planned'), ('waiting', 'Starts in a moment'), ('sending', 'Sending'), ('held', 'On hold'), ('sent', 'Sent'), ('stopped', 'Stopped before it began'), ('cancelled', 'Cancelled on the way')], max_length=10),
        ),
        migrations.AlterField(
            model_name='campaign',
            name='text',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='reason',
            field=models.CharField(blank=True, choices=[('paused', 'asked for a pause'), ('by_post', 'has it posted'), ('weekly', 'gets one mail a week'), ('other_topic', 'chose other topics'), ('other_place', 'lives somewhere else'), ('suppressed', 'no mail may go to this address'), ('left', 'left before their copy went'), ('stopped', 'this sending was stopped'), ('refused', 'the mail server refused the address'), ('too_many_tries', 'the mail server kept saying “not now”'), ('cut_off', 'the line was cut while the copy went over'), ('lost', 'the worker stopped while the copy went over'), ('settled', 'somebody looked into it and said so')], max_length=20),
        ),
        migrations.AlterField(
            model_name='delivery',
            name='state',
            field=models.CharField(choices=[('queued', 'Still to go'), ('sending', 'Sending'), ('submitted', 'Handed to the mail server'), ('delivered', 'Arrived'), ('bounced', 'Came back'), ('complained', 'Called spam'), ('suppressed', 'Not to be written to'), ('failed', 'Failed'), ('uncertain', 'Uncertain'), ('excluded', 'Left out')], max_length=10),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('provider_id', ''), _negated=True), fields=['provider_id'], name='copies_by_provider_id'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('submitted_at__isnull', False)), fields=['submitted_at'], name='copies_by_time'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.UniqueConstraint(condition=models.Q(('digest_on__isnull', False)), fields=('digest_on', 'segment'), name='one_weekly_mail_per_segment'),
        ),
    ]
