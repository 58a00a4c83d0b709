"""Parts of life, and how people say that they are in each."""


import django.core.validators
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models



class Migration(migrations.Migration):

    dependencies = [
        ('selfreferral', '0013_the_database_knows_how_pressing'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Domain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Two or three words, such as “Home”.', max_length=60, unique=True)),
                ('asks', models.CharField(help_text='Such as “How are things with where you live?” Change it only to say the same more plainly: answers to another question cannot be compared.', max_length=160, verbose_name='question')),
                ('position', models.PositiveSmallIntegerField(default=0, help_text='Lower comes first.')),
                ('is_active', models.BooleanField(default=True, help_text='Untick it, and what was answered before stays.', verbose_name='people are asked about it')),
            ],
            options={
                'verbose_name': 'part of life',
                'verbose_name_plural': 'parts of life',
                'ordering': ['position', 'pk'],
                'default_permissions': ('add', 'change', 'delete'),
            },
        ),
        migrations.CreateModel(
            name='AssessmentCode',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('finder', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('referral', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='assessment_code', to='selfreferral.referral')),
            ],
            options={
                'verbose_name': 'code for a self-assessment',
                'verbose_name_plural': 'codes for self-assessments',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SelfAssessment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('way', models.CharField(choices=[('paper', 'on the paper sheet'), ('talk', 'in a talk, and we wrote it down'), ('screen', 'by themselves, on a screen')], max_length=6)),
                ('given_on', models.DateField()),
                ('sealed_words', models.BinaryField(default=bytes)),
                ('written_at', models.DateTimeField()),
                ('corrects', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='selfreferral.selfassessment')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessments', to='selfreferral.referral')),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'self-assessment',
                'ordering': ['given_on', 'written_at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='DomainScore',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('stage', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)])),
                ('domain', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='selfreferral.domain')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='selfreferral.referral')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='selfreferral.selfassessment')),
            ],
            options={
                'verbose_name': 'stage in a part of life',
                'verbose_name_plural': 'stages in parts of life',
                'ordering': ['domain__position', 'domain_id'],
                'default_permissions': (),
            },
        ),
        migrations.AddIndex(
            model_name='selfassessment',
            index=models.Index(fields=['given_on'], name='assessment_by_day'),
        ),
        migrations.AddConstraint(
            model_name='domainscore',
            constraint=models.UniqueConstraint(fields=('assessment', 'domain'), name='one_stage_in_each_part_of_life'),
        ),
        migrations.AddConstraint(
            model_name='domainscore',
            constraint=models.CheckConstraint(condition=models.Q(('stage__range', (1, 10))), name='a_stage_is_from_1_to_10'),
        ),
    ]
