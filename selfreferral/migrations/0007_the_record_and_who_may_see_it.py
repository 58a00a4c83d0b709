"""Makes room for notes, risks, safeguarding, urgency, who knows the person, and why somebody looked."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('selfreferral', '0006_how_pressing_and_who_has_it'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Acquaintance',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('said_at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'worker who knows the person',
                'verbose_name_plural': 'workers who know the person',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='FlagReview',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('is_over', models.BooleanField()),
                ('review_on', models.DateField(blank=True, null=True)),
                ('sealed_why', models.BinaryField()),
                ('reviewed_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'review of a risk',
                'verbose_name_plural': 'reviews of risks',
                'ordering': ['reviewed_at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed_words', models.BinaryField()),
                ('is_about_others', models.BooleanField(default=False, verbose_name='tells about somebody else')),
                ('written_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'note about a request for help',
                'verbose_name_plural': 'notes about requests for help',
                'ordering': ['written_at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Reveal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('why', models.CharField(choices=[('cover', 'I am covering for a colleague'), ('rang', 'The person is here, or rang us'), ('safety', 'Somebody may be in danger'), ('asked', 'My colleague asked me to look'), ('check', 'I check how we work')], max_length=6)),
                ('revealed_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'reason to look',
                'verbose_name_plural': 'reasons to look',
                'ordering': ['revealed_at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='RiskFlag',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(choices=[('person', 'the person themselves'), ('other', 'somebody else'), ('worker', 'a worker saw it')], max_length=6)),
                ('sealed_words', models.BinaryField()),
                ('review_on', models.DateField()),
                ('raised_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'risk to know about',
                'verbose_name_plural': 'risks to know about',
                'ordering': ['raised_at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SafeguardingDecision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('outcome', models.CharField(choices=[('considered', 'Thinking about it'), ('sent', 'Sent to safeguarding'), ('not_sent', 'Not sent')], max_length=10)),
                ('about', models.CharField(choices=[('adult', 'an adult'), ('child', 'a child')], max_length=5)),
                ('consent', models.CharField(blank=True, choices=[('agreed', 'They said yes'), ('not_asked', 'It was not safe to ask'), ('without', 'They said no, and it had to be done')], max_length=9)),
                ('sealed_why', models.BinaryField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('decided_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'decision about safeguarding',
                'verbose_name_plural': 'decisions about safeguarding',
                'ordering': ['decided_at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='UrgencyDecision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('is_urgent', models.BooleanField()),
                ('sealed_reason', models.BinaryField()),
                ('decided_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'decision about urgency',
                'verbose_name_plural': 'decisions about urgency',
                'ordering': ['decided_at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='allocation',
            name='sealed_meeting',
            field=models.BinaryField(default=bytes),
        ),
        migrations.AddField(
            model_name='contactattempt',
            name='sealed_answered',
            field=models.BinaryField(default=bytes, help_text='Who answered, and how we knew that it was them.'),
        ),
        migrations.AddField(
            model_name='signpost',
            name='follow_up_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='signpost',
            name='is_duty_to_refer',
            field=models.BooleanField(default=False, verbose_name='told to the council under the duty to refer'),
        ),
        migrations.AddField(
            model_name='signpost',
            name='sealed_service',
            field=models.BinaryField(default=bytes),
        ),
        migrations.AddField(
            model_name='acquaintance',
            name='known_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='acquaintance',
            name='lifted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='acquaintance',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acquaintances', to='selfreferral.referral'),
        ),
        migrations.AddField(
            model_name='flagreview',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='flag_reviews', to='selfreferral.referral'),
        ),
        migrations.AddField(
            model_name='flagreview',
            name='reviewed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='note',
            name='corrects',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='selfreferral.note'),
        ),
        migrations.AddField(
            model_name='note',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='selfreferral.referral'),
        ),
        migrations.AddField(
            model_name='note',
            name='written_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reveal',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reveals', to='selfreferral.referral'),
        ),
        migrations.AddField(
            model_name='reveal',
            name='revealed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='riskflag',
            name='raised_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='riskflag',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='selfreferral.referral'),
        ),
        migrations.AddField(
            model_name='flagreview',
            name='flag',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='selfreferral.riskflag'),
        ),
        migrations.AddField(
            model_name='safeguardingdecision',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='safeguardingdecision',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='safeguarding', to='selfreferral.referral'),
        ),
        migrations.AddField(
            model_name='urgencydecision',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='urgencydecision',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='urgency_decisions', to='selfreferral.referral'),
        ),
        migrations.AddConstraint(
            model_name='acquaintance',
            constraint=models.UniqueConstraint(condition=models.Q(('lifted_at', None)), fields=('referral', 'known_by'), name='known_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='flagreview',
            constraint=models.CheckConstraint(condition=models.Q(('is_over', True), ('review_on__isnull', False), _connector='OR'), name='a_risk_that_stays_has_a_day'),
        ),
    ]
