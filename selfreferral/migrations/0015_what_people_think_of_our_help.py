"""Rounds of asking with links, answers, and calls that were asked for."""


import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models



class Migration(migrations.Migration):

    dependencies = [
        ('selfreferral', '0014_how_people_say_they_are'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('audience', models.CharField(choices=[('referrers', 'People who asked for somebody else'), ('residents', 'People whom we helped')], max_length=9)),
                ('links_made', models.PositiveIntegerField()),
                ('closes_on', models.DateField(help_text='The last day on which a link works.')),
                ('wrapped_key', models.BinaryField(help_text='The key of the words of this round, wrapped.')),
                ('opened_at', models.DateTimeField()),
                ('opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'round of asking',
                'verbose_name_plural': 'rounds of asking',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ReferrerFeedback',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('stars', models.PositiveSmallIntegerField()),
                ('sealed_good', models.BinaryField(default=bytes)),
                ('sealed_better', models.BinaryField(default=bytes)),
                ('given_on', models.DateField()),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='selfreferral.survey')),
            ],
            options={
                'verbose_name': 'answer about our help',
                'verbose_name_plural': 'answers about our help',
                'ordering': ['-given_on', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='CallBack',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed_phone', models.BinaryField()),
                ('asked_at', models.DateTimeField()),
                ('rung_at', models.DateTimeField(blank=True, null=True)),
                ('rung_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='selfreferral.survey')),
            ],
            options={
                'verbose_name': 'call that was asked for',
                'verbose_name_plural': 'calls that were asked for',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SurveyLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('finder', models.CharField(max_length=64, unique=True)),
                ('is_used', models.BooleanField(default=False)),
                ('may_ask_for_call', models.BooleanField(default=False)),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='selfreferral.survey')),
            ],
            options={
                'verbose_name': 'link of a round of asking',
                'verbose_name_plural': 'links of a round of asking',
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='referrerfeedback',
            constraint=models.CheckConstraint(condition=models.Q(('stars__range', (1, 5))), name='there_are_one_to_five_stars'),
        ),
    ]
