"""Makes room for the seals over history, and for the cuts where its time was over."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_first_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditCut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('up_to_id', models.BigIntegerField()),
                ('events', models.PositiveIntegerField(help_text='How many rows were removed.')),
                ('last_mac', models.CharField(help_text='The seal up to which history was cut.', max_length=64)),
                ('reason', models.CharField(max_length=200)),
                ('cut_at', models.DateTimeField()),
                ('mac', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='AuditSeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stretches', models.JSONField()),
                ('events', models.PositiveIntegerField()),
                ('last_id', models.BigIntegerField()),
                ('sealed_at', models.DateTimeField()),
                ('mac', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
    ]
