"""Groups and organisations, and whom to ask there."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('directory', '0001_first_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('role', models.CharField(blank=True, max_length=120, verbose_name='what they do there')),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('is_public', models.BooleanField(default=False, verbose_name='may be shown to everybody')),
            ],
            options={
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=160)),
                ('slug', models.SlugField(max_length=180, unique=True)),
                ('kind', models.CharField(choices=[('group', 'A group of residents'), ('charity', 'A charity'), ('church', 'A church or faith group'), ('club', 'A club'), ('school', 'A school or college'), ('public', 'A public body'), ('business', 'A business'), ('not_known', 'Not known')], default='not_known', max_length=9, verbose_name='what it is')),
                ('description', models.TextField(blank=True, verbose_name='what it does')),
                ('who_for', models.CharField(blank=True, max_length=160, verbose_name='for whom')),
                ('offers', models.TextField(blank=True, help_text='Rooms, a minibus, a kitchen, people who speak Kurdish.', verbose_name='what it brings')),
                ('website', models.URLField(blank=True, max_length=300)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('is_listed', models.BooleanField(default=True, verbose_name='show it to everybody')),
                ('heard_on', models.DateField(blank=True, null=True, verbose_name='last heard from')),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='contact',
            name='activity',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='directory.activity'),
        ),
        migrations.AddField(
            model_name='contact',
            name='noted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='contact',
            name='venue',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='directory.venue'),
        ),
        migrations.AddField(
            model_name='contact',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='directory.organisation'),
        ),
    ]
