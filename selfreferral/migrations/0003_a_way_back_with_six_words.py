"""Makes room for six words to come back with, and for what somebody says who came back."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('selfreferral', '0002_a_comment_can_be_where_it_came_from'),
    ]

    operations = [
        migrations.AddField(
            model_name='referral',
            name='wrote_at',
            field=models.DateTimeField(blank=True, help_text='The person wrote, and nobody has read it yet.', null=True),
        ),
        migrations.CreateModel(
            name='PersonsWords',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('more', 'Wrote more'), ('wrong', 'Put something right'), ('stop', 'Asked us to stop'), ('again', 'Asked again')], max_length=5)),
                ('sealed_words', models.BinaryField()),
                ('said_at', models.DateTimeField()),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='persons_words', to='selfreferral.referral')),
            ],
            options={
                'verbose_name': 'words of a person who came back',
                'verbose_name_plural': 'words of people who came back',
                'ordering': ['said_at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ReturnDoor',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('finder', models.CharField(help_text='What the words become, to find the door by.', max_length=64, unique=True)),
                ('sealed_key', models.BinaryField()),
                ('sealed_words', models.BinaryField()),
                ('made_at', models.DateTimeField()),
                ('draft', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='door', to='selfreferral.draftreferral')),
                ('referral', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='door', to='selfreferral.referral')),
            ],
            options={
                'verbose_name': 'way back to a request for help',
                'verbose_name_plural': 'ways back to requests for help',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ReturnVisit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('finder', models.CharField(max_length=64, unique=True)),
                ('begun_at', models.DateTimeField()),
                ('door', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='selfreferral.returndoor')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='returndoor',
            constraint=models.CheckConstraint(condition=models.Q(('draft__isnull', True), ('referral__isnull', True), _connector='XOR'), name='a_door_stands_before_one_thing'),
        ),
    ]
