"""Printed copies by round, and how often their links were opened."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("newsletter", "0007_plan_settle_and_digest"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DropRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('code', models.SlugField(max_length=6, unique=True)),
                ('copies', models.PositiveIntegerField(help_text='How many copies were printed for it.')),
                ('dropped_on', models.DateField(blank=True, null=True, verbose_name='day')),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'round of printed copies',
                'verbose_name_plural': 'rounds of printed copies',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='LinkCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('story', models.CharField(max_length=8)),
                ('on', models.DateField()),
                ('opened', models.PositiveIntegerField(default=0)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='dropround',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='dropround',
            name='issue',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drop_rounds', to='newsletter.issuepage'),
        ),
        migrations.AddField(
            model_name='linkcount',
            name='drop_round',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='newsletter.dropround'),
        ),
        migrations.AddField(
            model_name='linkcount',
            name='issue',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='link_counts', to='newsletter.issuepage'),
        ),
        migrations.AddConstraint(
            model_name='dropround',
            constraint=models.UniqueConstraint(fields=('issue', 'name'), name='one_round_of_a_name'),
        ),
        migrations.AddConstraint(
            model_name='linkcount',
            constraint=models.UniqueConstraint(condition=models.Q(('drop_round', None)), fields=('issue', 'story', 'on'), name='one_count_a_day'),
        ),
        migrations.AddConstraint(
            model_name='linkcount',
            constraint=models.UniqueConstraint(condition=models.Q(('drop_round__isnull', False)), fields=('drop_round', 'story', 'on'), name='one_count_a_day_of_a_round'),
        ),
    ]
