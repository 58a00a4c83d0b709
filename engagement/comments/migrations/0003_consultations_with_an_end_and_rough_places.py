"""Gives a consultation dates, an area, themes and a way of reading, and lets a theme show its places roughly."""

import datetime
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0002_the_standing_consultation"), ("geo", "0001_first_tables")]

    operations = [
        migrations.AddField(
            model_name='consultation',
            name='about',
            field=models.TextField(blank=True, help_text='What it is for, and what becomes of the answers.', max_length=3000),
        ),
        migrations.AddField(
            model_name='consultation',
            name='area',
            field=models.ForeignKey(blank=True, help_text='Where it is about.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='geo.area'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='closes_on',
            field=models.DateField(blank=True, help_text='It closes by itself after this day.', null=True, verbose_name='last day'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='moderation',
            field=models.CharField(choices=[('pre', 'Somebody reads each comment before it is shown'), ('post', 'Shown at once while somebody is there, and read afterwards')], default='pre', max_length=4, verbose_name='who reads first'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='opens_on',
            field=models.DateField(blank=True, null=True, verbose_name='first day'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='staffed_from',
            field=models.TimeField(default=datetime.time(9, 0), verbose_name='somebody is there from'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='staffed_until',
            field=models.TimeField(default=datetime.time(17, 0), verbose_name='until'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='themes',
            field=models.ManyToManyField(blank=True, help_text='What can be chosen; every theme where none is named.', to='comments.theme'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='version',
            field=models.PositiveBigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='theme',
            name='is_sensitive',
            field=models.BooleanField(default=False, help_text="For what could point at somebody's door: the public pin moves to the middle of a 50 metre square.", verbose_name='show its places roughly'),
        ),
    ]
