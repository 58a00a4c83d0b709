"""Orders the queue by how pressing it is, and makes room for leases, merges and urgency that a person decides."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

HELD = ("new", "screening", "contacting", "talking", "waiting", "active", "door_open")
BEFORE_FIRST_TALK = ("new", "screening", "contacting")


def rank(apps: Any, schema_editor: Any) -> None:
    """As selfreferral.queue.pressing has it on this day."""
    referrals = apps.get_model("selfreferral", "Referral").objects
    referrals.update(rank=2)
    referrals.exclude(state__in=HELD).update(rank=3)
    referrals.filter(state__in=BEFORE_FIRST_TALK, first_contact_at=None).update(rank=1)
    referrals.filter(state__in=HELD, wrote_at__isnull=False).update(rank=1)
    referrals.filter(state__in=HELD, says_danger=True, first_contact_at=None).update(rank=0)


class Migration(migrations.Migration):

    dependencies = [
        ('selfreferral', '0005_marks_by_which_somebody_is_found_again'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField(
            model_name='referral',
            name='email_index',
        ),
        migrations.RemoveField(
            model_name='referral',
            name='phone_index',
        ),
        migrations.AlterModelOptions(
            name='referral',
            options={'default_permissions': (), 'permissions': [('view_queue', 'Can see who asked for help'), ('work_referral', 'Can pick up and work with a referral'), ('allocate_referral', 'Can give a referral to a navigator'), ('approve_erasure', 'Can agree that a referral is erased, by its reference alone'), ('view_shared', 'Can read what was shared with them under an agreement')], 'verbose_name': 'request for help', 'verbose_name_plural': 'requests for help'},
        ),
        migrations.RemoveConstraint(
            model_name='referral',
            name='referral_state_is_in_the_table',
        ),
        migrations.RemoveIndex(
            model_name='referral',
            name='referral_queue',
        ),
        migrations.RenameField(
            model_name='referral',
            old_name='is_urgent_mark',
            new_name='says_danger',
        ),
        migrations.AlterField(
            model_name='referral',
            name='says_danger',
            field=models.BooleanField(default=False, verbose_name='whoever asked said that somebody is in danger'),
        ),
        migrations.AddField(
            model_name='referral',
            name='came_by',
            field=models.CharField(choices=[('web', 'the web form'), ('paper', 'a paper form'), ('phone', 'a talk on the phone or at a table'), ('comment', 'a comment about a place')], default='web', max_length=8),
        ),
        migrations.AddField(
            model_name='referral',
            name='erased_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='referral',
            name='is_urgent',
            field=models.BooleanField(default=False, verbose_name='somebody here decided, with a reason, that it cannot wait'),
        ),
        migrations.AddField(
            model_name='referral',
            name='lease_until',
            field=models.DateTimeField(blank=True, help_text='Until when whoever reads it has it to themselves.', null=True),
        ),
        migrations.AddField(
            model_name='referral',
            name='merged_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='referral',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='selfreferral.referral'),
        ),
        migrations.AddField(
            model_name='referral',
            name='paper_destroyed_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='referral',
            name='rank',
            field=models.PositiveSmallIntegerField(default=1, help_text='How pressing; see selfreferral.queue.pressing.'),
        ),
        migrations.AddField(
            model_name='referral',
            name='taken_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='referral',
            name='state',
            field=models.CharField(choices=[('new', 'New'), ('screening', 'Being read'), ('contacting', 'Being contacted'), ('talking', 'Talking'), ('waiting', 'On our list'), ('active', 'Working together'), ('door_open', 'Door open'), ('signposted', 'Signposted'), ('closed', 'Finished'), ('withdrawn', 'Asked us to stop'), ('merged', 'Same as another'), ('erased', 'Erased')], max_length=12),
        ),
        migrations.AlterField(
            model_name='triagedecision',
            name='from_state',
            field=models.CharField(blank=True, choices=[('new', 'New'), ('screening', 'Being read'), ('contacting', 'Being contacted'), ('talking', 'Talking'), ('waiting', 'On our list'), ('active', 'Working together'), ('door_open', 'Door open'), ('signposted', 'Signposted'), ('closed', 'Finished'), ('withdrawn', 'Asked us to stop'), ('merged', 'Same as another'), ('erased', 'Erased')], max_length=12),
        ),
        migrations.AlterField(
            model_name='triagedecision',
            name='to_state',
            field=models.CharField(choices=[('new', 'New'), ('screening', 'Being read'), ('contacting', 'Being contacted'), ('talking', 'Talking'), ('waiting', 'On our list'), ('active', 'Working together'), ('door_open', 'Door open'), ('signposted', 'Signposted'), ('closed', 'Finished'), ('withdrawn', 'Asked us to stop'), ('merged', 'Same as another'), ('erased', 'Erased')], max_length=12),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(fields=['rank', 'due_at', 'id'], name='referral_queue'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(fields=['state', 'rank', 'due_at', 'id'], name='referral_queue_by_state'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(fields=['owner', 'rank', 'due_at', 'id'], name='referral_queue_by_owner'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['active', 'closed', 'contacting', 'door_open', 'erased', 'merged', 'new', 'screening', 'signposted', 'talking', 'waiting', 'withdrawn'])), name='referral_state_is_in_the_table'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'merged'), _negated=True), ('merged_into__isnull', False), _connector='XOR'), name='merged_referral_names_the_other'),
        ),
        migrations.RunPython(rank, migrations.RunPython.noop),
    ]
