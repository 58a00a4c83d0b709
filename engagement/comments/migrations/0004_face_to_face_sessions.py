"""Makes room for face-to-face sessions with paper maps, and for comments that come from them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0003_consultations_with_an_end_and_rough_places"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=300)),
                ('to_whom', models.CharField(max_length=160)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('kept_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='placecomment',
            name='agreeing',
            field=models.PositiveSmallIntegerField(default=0, help_text='People at the session who agreed.'),
        ),
        migrations.AddField(
            model_name='placecomment',
            name='sticker',
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AlterField(
            model_name='placecomment',
            name='accuracy',
            field=models.CharField(choices=[('exact', 'the pin that the author put'), ('postcode', 'the middle of a postcode'), ('named_place', 'a named place'), ('described', "in the author's own words"), ('cell', 'a square of a paper map'), ('imported', 'as it stood in the file')], max_length=12),
        ),
        migrations.AlterField(
            model_name='placecomment',
            name='source',
            field=models.CharField(choices=[('web', 'the website'), ('import', 'a file'), ('staff', 'staff, for a resident'), ('paper', 'a session, on paper')], default='web', max_length=6),
        ),
        migrations.CreateModel(
            name='EngagementEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=8, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('place', models.CharField(help_text='Where people meet.', max_length=160)),
                ('group', models.CharField(blank=True, help_text='Who we meet: the Tuesday lunch club, year 6.', max_length=160)),
                ('held_on', models.DateField()),
                ('starts_at', models.TimeField(blank=True, null=True)),
                ('going', models.CharField(blank=True, max_length=300, verbose_name='who goes')),
                ('headcount', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('notes', models.TextField(blank=True, max_length=3000)),
                ('west', models.FloatField()),
                ('south', models.FloatField()),
                ('east', models.FloatField()),
                ('north', models.FloatField()),
                ('columns', models.PositiveSmallIntegerField(default=8)),
                ('rows', models.PositiveSmallIntegerField(default=6)),
                ('first_sticker', models.PositiveSmallIntegerField(default=1)),
                ('stickers', models.PositiveSmallIntegerField(default=60)),
                ('is_example', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='comments.consultation')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'face-to-face session',
                'ordering': ['-held_on', '-pk'],
                'permissions': [('run_engagementevent', 'Can plan face-to-face sessions and enter what was said')],
            },
        ),
        migrations.AddField(
            model_name='placecomment',
            name='event',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='comments.engagementevent'),
        ),
        migrations.AddField(
            model_name='promise',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='promises', to='comments.engagementevent'),
        ),
        migrations.AddField(
            model_name='promise',
            name='kept_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
    ]
