"""Makes room for agreements, what is shared under them, and asking that a record is erased."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('selfreferral', '0007_the_record_and_who_may_see_it'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ErasureRequest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('why', models.CharField(choices=[('person', 'The person asked for it'), ('mistake', 'It was taken in by mistake'), ('nobody', 'It is about nobody, such as a test')], max_length=7)),
                ('asked_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('is_agreed', models.BooleanField(null=True)),
            ],
            options={
                'verbose_name': 'wish to erase a record',
                'verbose_name_plural': 'wishes to erase records',
                'ordering': ['asked_at'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SharedView',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('parts', models.JSONField(help_text='Keys of the questions and names of the parts of the record that are shown.')),
                ('sealed_why', models.BinaryField()),
                ('ends_on', models.DateField()),
                ('shared_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'view shared with a partner',
                'verbose_name_plural': 'views shared with partners',
                'ordering': ['shared_at'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SharingAgreement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('partner_name', models.CharField(max_length=120, verbose_name='partner')),
                ('purpose', models.CharField(max_length=300)),
                ('lawful_basis', models.CharField(help_text='Article 6 and, for sensitive words, Article 9 of UK GDPR.', max_length=300)),
                ('begins_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'agreement to share',
                'verbose_name_plural': 'agreements to share',
                'ordering': ['partner_name', 'begins_on'],
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='erasurerequest',
            name='asked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='erasurerequest',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='erasurerequest',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='erasure_requests', to='selfreferral.referral'),
        ),
        migrations.AddField(
            model_name='sharedview',
            name='ended_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sharedview',
            name='partner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sharedview',
            name='referral',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shared_views', to='selfreferral.referral'),
        ),
        migrations.AddField(
            model_name='sharedview',
            name='shared_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sharingagreement',
            name='ended_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sharingagreement',
            name='recorded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sharedview',
            name='agreement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shared_views', to='selfreferral.sharingagreement'),
        ),
        migrations.AddConstraint(
            model_name='erasurerequest',
            constraint=models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('referral',), name='one_open_wish_to_erase'),
        ),
        migrations.AddConstraint(
            model_name='erasurerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('is_agreed__isnull', True)), models.Q(('decided_at__isnull', False), ('is_agreed__isnull', False)), _connector='OR'), name='a_wish_is_open_or_decided'),
        ),
        migrations.AddConstraint(
            model_name='sharingagreement',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('begins_on'))), name='an_agreement_ends_after_it_begins'),
        ),
    ]
