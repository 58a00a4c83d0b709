"""Entries say who runs them, whom they are for and when somebody last looked; where and when get a table of their own."""

import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('directory', '0002_organisations_and_contacts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('recurrence', models.CharField(blank=True, max_length=200, verbose_name='rule')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='first day')),
                ('starts_at', models.TimeField(blank=True, null=True, verbose_name='from')),
                ('ends_at', models.TimeField(blank=True, null=True, verbose_name='to')),
                ('season', models.CharField(choices=[('all_year', 'all year'), ('term_time', 'in term time only'), ('school_holidays', 'in the school holidays only')], default='all_year', max_length=15, verbose_name='in which part of the year')),
                ('skips_bank_holidays', models.BooleanField(default=False, verbose_name='not on bank holidays')),
                ('sequence', models.PositiveIntegerField(default=0, editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='sessionchange',
            name='one_live_change_a_session',
        ),
        migrations.AddField(
            model_name='activity',
            name='added_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            model_name='activity',
            name='audience',
            field=models.CharField(choices=[('everybody', 'everybody'), ('men', 'men'), ('women', 'women'), ('not_known', 'not known')], default='not_known', max_length=9, verbose_name='a group for'),
        ),
        migrations.AddField(
            model_name='activity',
            name='checked_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='activity',
            name='checked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='activity',
            name='children_welcome',
            field=models.CharField(choices=[('yes', 'yes'), ('no', 'no'), ('not_known', 'not known')], default='not_known', max_length=9),
        ),
        migrations.AddField(
            model_name='activity',
            name='dementia_friendly',
            field=models.CharField(choices=[('yes', 'yes'), ('no', 'no'), ('not_known', 'not known')], default='not_known', max_length=9),
        ),
        migrations.AddField(
            model_name='activity',
            name='email',
            field=models.EmailField(blank=True, max_length=254, verbose_name='e-mail'),
        ),
        migrations.AddField(
            model_name='activity',
            name='food',
            field=models.CharField(choices=[('yes', 'yes'), ('no', 'no'), ('not_known', 'not known')], default='not_known', max_length=9, verbose_name='food or a hot drink'),
        ),
        migrations.AddField(
            model_name='activity',
            name='free_entry',
            field=models.CharField(choices=[('yes', 'yes'), ('no', 'no'), ('not_known', 'not known')], default='not_known', max_length=9, verbose_name='free'),
        ),
        migrations.AddField(
            model_name='activity',
            name='how_to_come',
            field=models.CharField(choices=[('just_come', 'Just come'), ('ring_first', 'Ring or write first'), ('book', 'Book a place'), ('be_referred', 'Somebody has to refer you'), ('not_known', 'Not known')], default='not_known', max_length=11),
        ),
        migrations.AddField(
            model_name='activity',
            name='is_checked_by_venue',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='activity',
            name='oldest',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='oldest age'),
        ),
        migrations.AddField(
            model_name='activity',
            name='phone',
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddField(
            model_name='activity',
            name='public_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='activity',
            name='reminded_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='activity',
            name='theme',
            field=models.CharField(blank=True, choices=[('warm', 'A warm welcome'), ('food', 'Food'), ('advice', 'Advice'), ('company', 'Company and things to do'), ('families', 'Children and families'), ('health', 'Health and moving about'), ('learning', 'Learning and work')], max_length=9, verbose_name='what it is about'),
        ),
        migrations.AddField(
            model_name='activity',
            name='updated_at',
            field=models.DateTimeField(auto_now=True),
        ),
        migrations.AddField(
            model_name='activity',
            name='website',
            field=models.URLField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='activity',
            name='youngest',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='youngest age'),
        ),
        migrations.AddField(
            model_name='sessionchange',
            name='moved_ends_at',
            field=models.TimeField(blank=True, null=True, verbose_name='to'),
        ),
        migrations.AddField(
            model_name='sessionchange',
            name='moved_on',
            field=models.DateField(blank=True, null=True, verbose_name='to which day'),
        ),
        migrations.AddField(
            model_name='sessionchange',
            name='moved_starts_at',
            field=models.TimeField(blank=True, null=True, verbose_name='from'),
        ),
        migrations.AddField(
            model_name='sessionchange',
            name='moved_venue',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.venue'),
        ),
        migrations.AddField(
            model_name='venue',
            name='added_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            model_name='venue',
            name='dementia_friendly',
            field=models.CharField(choices=[('yes', 'yes'), ('no', 'no'), ('not_known', 'not known')], default='not_known', max_length=9),
        ),
        migrations.AddField(
            model_name='venue',
            name='is_advice_place',
            field=models.BooleanField(default=False, help_text='Somebody helps with money, a home, papers.', verbose_name='advice'),
        ),
        migrations.AddField(
            model_name='venue',
            name='is_checked_by_venue',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='venue',
            name='is_food_place',
            field=models.BooleanField(default=False, help_text='A meal, a pantry, a fridge.', verbose_name='free or cheap food'),
        ),
        migrations.AddField(
            model_name='venue',
            name='merged_into',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged', to='directory.venue'),
        ),
        migrations.AddField(
            model_name='venue',
            name='public_id',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='venue',
            name='reminded_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='venue',
            name='source_row',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='venue',
            name='updated_at',
            field=models.DateTimeField(auto_now=True),
        ),
        migrations.AlterField(
            model_name='sessionchange',
            name='kind',
            field=models.CharField(choices=[('cancelled', 'not on'), ('moved', 'at another time or place'), ('note', 'a note')], max_length=9),
        ),
        migrations.AddField(
            model_name='activity',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='activities', to='directory.organisation'),
        ),
        migrations.AddField(
            model_name='venue',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='venues', to='directory.organisation'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(fields=['is_listed', 'theme', 'name'], name='activity_by_theme'),
        ),
        migrations.AddIndex(
            model_name='venue',
            index=models.Index(fields=['latitude', 'longitude'], name='venue_by_point'),
        ),
        migrations.AddField(
            model_name='schedule',
            name='activity',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='schedules', to='directory.activity'),
        ),
        migrations.AddField(
            model_name='schedule',
            name='venue',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='schedules', to='directory.venue'),
        ),
        migrations.AddField(
            model_name='sessionchange',
            name='schedule',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='directory.schedule'),
        ),
        migrations.AddIndex(
            model_name='schedule',
            index=models.Index(fields=['activity', 'position'], name='schedule_in_order'),
        ),
        migrations.AlterField(
            model_name='activity',
            name='venue',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='activities', to='directory.venue'),
        ),
        migrations.AlterField(
            model_name='sessionchange',
            name='activity',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='directory.activity'),
        ),
    ]
