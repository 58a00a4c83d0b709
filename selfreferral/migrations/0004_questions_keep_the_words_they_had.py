"""Keeps the words in which each question was asked, and every answer that was put right."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('selfreferral', '0003_a_way_back_with_six_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='QuestionSet',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(help_text='SHA-256 of the definition.', max_length=64, unique=True)),
                ('definition', models.JSONField(help_text='Key, words and choices of each question, in order.')),
                ('first_used_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'version of the questions',
                'verbose_name_plural': 'versions of the questions',
                'ordering': ['first_used_at'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='QuestionWording',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=40, unique=True)),
                ('asks', models.CharField(blank=True, max_length=200)),
                ('asks_of_other', models.CharField(blank=True, max_length=200)),
                ('hint', models.CharField(blank=True, max_length=300)),
                ('hint_of_other', models.CharField(blank=True, max_length=300)),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'words of a question',
                'verbose_name_plural': 'words of questions',
                'ordering': ['key'],
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='questionwording',
            name='changed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.RemoveConstraint(
            model_name='answer',
            name='one_answer_for_each_part',
        ),
        migrations.RemoveField(
            model_name='answer',
            name='questions_version',
        ),
        migrations.AddField(
            model_name='answer',
            name='given_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='answer',
            name='revision',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='answer',
            name='sealed_why',
            field=models.BinaryField(default=bytes, help_text='Who put it right, and how we know.'),
        ),
        migrations.AddField(
            model_name='answer',
            name='question_set',
            field=models.ForeignKey(help_text='The words that were asked.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='selfreferral.questionset'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('referral', 'part', 'revision'), name='one_answer_for_each_part_and_time'),
        ),
    ]
