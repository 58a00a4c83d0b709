"""What comes in the next weeks, worked out ahead; closed days and school holidays."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('directory', '0005_rules_leave_activities'),
    ]

    operations = [
        migrations.CreateModel(
            name='ComingSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session_on', models.DateField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('over_at', models.DateTimeField()),
                ('is_cancelled', models.BooleanField(default=False)),
                ('is_moved', models.BooleanField(default=False)),
                ('reason', models.CharField(blank=True, max_length=160)),
            ],
            options={
                'ordering': ['starts_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='HoursException',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_on', models.DateField(verbose_name='first day')),
                ('last_on', models.DateField(verbose_name='last day')),
                ('opens_at', models.TimeField(blank=True, null=True, verbose_name='opens')),
                ('closes_at', models.TimeField(blank=True, null=True, verbose_name='closes')),
                ('reason', models.CharField(blank=True, max_length=160)),
                ('made_at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['first_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opens_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('is_certain', models.BooleanField()),
            ],
            options={
                'ordering': ['opens_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SchoolBreak',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('first_on', models.DateField(verbose_name='first day')),
                ('last_on', models.DateField(verbose_name='last day')),
            ],
            options={
                'verbose_name': 'school holiday',
                'ordering': ['first_on', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='comingsession',
            name='venue',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coming', to='directory.venue'),
        ),
        migrations.AddField(
            model_name='hoursexception',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hoursexception',
            name='undone_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='hoursexception',
            name='venue',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exceptions', to='directory.venue'),
        ),
        migrations.AddField(
            model_name='opening',
            name='venue',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='openings', to='directory.venue'),
        ),
        migrations.AddField(
            model_name='comingsession',
            name='schedule',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coming', to='directory.schedule'),
        ),
        migrations.AddIndex(
            model_name='opening',
            index=models.Index(fields=['venue', 'closes_at', 'opens_at'], name='opening_of_venue'),
        ),
        migrations.AddIndex(
            model_name='opening',
            index=models.Index(fields=['closes_at', 'opens_at'], name='opening_by_time'),
        ),
        migrations.AddIndex(
            model_name='comingsession',
            index=models.Index(fields=['over_at', 'starts_at'], name='coming_by_time'),
        ),
    ]
