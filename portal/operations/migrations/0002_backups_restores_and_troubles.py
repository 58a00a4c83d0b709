"""Makes room for backups, restores, troubles and what was seen of mail and certificates."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('operations', '0001_timetable_and_heartbeat'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BackupRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('began_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField()),
                ('is_whole', models.BooleanField()),
                ('size', models.BigIntegerField(default=0, help_text='Bytes of the archive.')),
                ('trouble', models.CharField(blank=True, help_text='One line about what went wrong.', max_length=200)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Sighting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True)),
                ('seen_at', models.DateTimeField()),
                ('until', models.DateTimeField(blank=True, help_text='Of a certificate: its last moment.', null=True)),
                ('trouble', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Restoration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(help_text='When the backup was made.')),
                ('restored_at', models.DateTimeField()),
                ('gone_on_at', models.DateTimeField(blank=True, null=True)),
                ('gone_on_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'permissions': [('view_health', 'Can see whether the portal is well'), ('keep_running', 'Can say that work goes on, and is told of trouble')],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Trouble',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('began_at', models.DateTimeField()),
                ('told_at', models.DateTimeField(blank=True, help_text='When administrators were told by mail.', null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('name',), name='one_trouble_of_a_name')],
            },
        ),
    ]
