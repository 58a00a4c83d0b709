"""What an issue is about and for whom, and its own plain text."""

import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("newsletter", "0004_choose_what_was_done"),
        ('geo', '0001_first_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True)),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('position', models.PositiveSmallIntegerField(default=100, help_text='Smaller numbers stand first.')),
            ],
            options={
                'verbose_name': 'topic of the newspaper',
                'verbose_name_plural': 'topics of the newspaper',
                'ordering': ['position', 'name'],
            },
        ),
        migrations.AddField(
            model_name='issuepage',
            name='places',
            field=modelcluster.fields.ParentalManyToManyField(blank=True, help_text='None: it is for everywhere.', related_name='+', to='geo.area'),
        ),
        migrations.AddField(
            model_name='issuepage',
            name='plain_text',
            field=models.TextField(blank=True, help_text='The words of the plain text edition where you wrote your own; empty: made from the blocks.'),
        ),
        migrations.AddField(
            model_name='issuepage',
            name='topics',
            field=modelcluster.fields.ParentalManyToManyField(blank=True, help_text='None: it goes to every reader.', related_name='+', to='newsletter.topic'),
        ),
    ]
